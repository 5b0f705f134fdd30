/** What other hosts said that their newest lines are. */
@NullMarked
package org.bowline.audit.heads;

import org.jspecify.annotations.NullMarked;
