/** How content is cut into chunks, and the list of them that stands for the content. */
@NullMarked
package org.bowline.content.chunk;

import org.jspecify.annotations.NullMarked;
