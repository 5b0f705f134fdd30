@NullMarked
package org.bowline.content;

import org.jspecify.annotations.NullMarked;
