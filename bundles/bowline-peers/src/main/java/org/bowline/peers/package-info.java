/** Opens and accepts named streams over whichever transports there are, and watches them. */
@NullMarked
package org.bowline.peers;

import org.jspecify.annotations.NullMarked;
