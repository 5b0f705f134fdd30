@NullMarked
package org.bowline.content.wire;

import org.jspecify.annotations.NullMarked;
