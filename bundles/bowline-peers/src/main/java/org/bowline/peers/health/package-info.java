/** How this host is, by the checks that its rooms register. */
@NullMarked
package org.bowline.peers.health;

import org.jspecify.annotations.NullMarked;
