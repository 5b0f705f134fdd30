/** Many agents, many links, many changes: what grows with them, and what must not. */
@NullMarked
package org.bowline.itests.scale;

import org.jspecify.annotations.NullMarked;
