package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.group.feed.FeedDisk;
import org.bowline.group.raft.RaftVoter;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;

/**
 * What every membership of this host works with.
 *
 * @param changed called when anything changed; must not block
 */
record Workshop(
        HostId self,
        ObjectMapper json,
        EntryCodec entries,
        SnapshotCodec snapshots,
        Voters voters,
        GroupDisk disk,
        Peers peers,
        Runnable changed) {
    FeedDisk feedDisk(String group, State first) throws IOException {
        return FeedDisk.open(disk.feed(group), entries, snapshots, first);
    }

    RaftVoter.Seat voterSeat(String group, Ledger ledger) {
        return new RaftVoter.Seat(disk.raft(group), group, self, ledger, entries, snapshots, peers);
    }
}
