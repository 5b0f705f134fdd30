/** What this disk holds, what the group wants it to hold, and getting what is missing. */
@NullMarked
package org.bowline.content;

import org.jspecify.annotations.NullMarked;
