package org.bowline.api.group;

import java.time.Duration;
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
 * @param leaderLost for how long a follower has found no leader that feeds it, since the start of
 *     the agent at most; empty while it is fed, and on a voter
 * @param origin the takeover by which this group came to be; empty if it was founded
 * @param challenge a takeover of this group that outranks it and that this voter does not follow:
 *     until it does, or takes over itself, changes are refused; empty on a follower
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
        FeedState feed,
        Optional<Duration> leaderLost,
        Optional<Takeover> origin,
        Optional<Takeover> challenge) {
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
