/** The words of the protocol {@code content/1}. */
@NullMarked
package org.bowline.content.wire;

import org.jspecify.annotations.NullMarked;
