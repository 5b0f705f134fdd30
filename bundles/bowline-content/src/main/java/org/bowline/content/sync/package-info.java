/** Keeps this host's content equal to what the group wants. */
@NullMarked
package org.bowline.content.sync;

import org.jspecify.annotations.NullMarked;
