/** Membership, and the small facts that every member agrees on. */
@NullMarked
package org.bowline.group;

import org.jspecify.annotations.NullMarked;
