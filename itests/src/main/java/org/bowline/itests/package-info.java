/** Starts packed agents and uses them from outside, as a user or a script would. */
@NullMarked
package org.bowline.itests;

import org.jspecify.annotations.NullMarked;
