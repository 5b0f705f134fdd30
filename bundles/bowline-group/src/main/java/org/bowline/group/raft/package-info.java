/** Consensus among the voters: one embedded Ratis division, spoken over Peers. */
@NullMarked
package org.bowline.group.raft;

import org.jspecify.annotations.NullMarked;
