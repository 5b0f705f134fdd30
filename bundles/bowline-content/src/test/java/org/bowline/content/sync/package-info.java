@NullMarked
package org.bowline.content.sync;

import org.jspecify.annotations.NullMarked;
