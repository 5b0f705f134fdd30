package org.bowline.api.group;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.identity.HostId;

/**
 * The group as this host knows it, at one revision.
 *
 * @param id names the group; a takeover makes a new one
 * @param generation 1 at birth, one more with every takeover
 * @param self this host
 * @param voter whether this host takes part in decisions (may act as leader); if not, it follows
 *     the feed
 * @param leader who orders changes now (Raft's leader), or for a feed follower the voter it feeds
 *     from; empty if unknown
 * @param voters those who may act as leader
 * @param members all hosts, this one included, by id
 * @param revision of the newest entry applied here
 * @param feed how a follower stands with its leaders
 */
public record GroupView(
        String id,
        long generation,
        HostId self,
        boolean voter,
        Optional<HostId> leader,
        Set<HostId> voters,
        List<Member> members,
        long revision,
        FeedState feed) {
    public GroupView {
        voters = Set.copyOf(voters);
        members = List.copyOf(members);
    }

    /** The member of that id. */
    public Optional<Member> member(HostId host) {
        return members.stream().filter(member -> member.id().equals(host)).findFirst();
    }

    /** Whether the group is this host alone. */
    public boolean alone() {
        return members.size() == 1;
    }
}
