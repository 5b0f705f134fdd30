/** Fakes that stand below a room's door in its tests. */
@NullMarked
package org.bowline.testkit;

import org.jspecify.annotations.NullMarked;
