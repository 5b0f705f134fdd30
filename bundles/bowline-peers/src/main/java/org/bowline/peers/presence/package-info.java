/** What each host of the group says of itself, carried by beats over {@code presence/1}. */
@NullMarked
package org.bowline.peers.presence;

import org.jspecify.annotations.NullMarked;
