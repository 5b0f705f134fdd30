/** What the group agrees on: the state, the entries that change it, and how both are written. */
@NullMarked
package org.bowline.group.state;

import org.jspecify.annotations.NullMarked;
