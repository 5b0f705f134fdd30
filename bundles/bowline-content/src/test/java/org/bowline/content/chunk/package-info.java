@NullMarked
package org.bowline.content.chunk;

import org.jspecify.annotations.NullMarked;
