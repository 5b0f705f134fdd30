package org.bowline.api.group;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bowline.api.Actor;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Membership and the small facts that every member agrees on. Those who may act as leader (voters)
 * order changes by Raft; everybody else follows a feed of what was committed. Each host always
 * belongs to exactly one group; at first that is a group of one.
 *
 * <p>Safe for use by any thread. What reads ({@link #view}, slices) never waits; what changes waits
 * for a majority of the voters and the disk, at most 10 s.
 */
@ProviderType
public interface Group {
    /** For so long a follower must have lost its leader before it takes over or follows who did. */
    Duration LOST = Duration.ofSeconds(30);

    /** The group as this host knows it now. */
    GroupView view();

    /**
     * A room's slice, read as the given type.
     *
     * @param name the room's name: 1 to 32 of {@code a-z} and dash
     * @param type a record that Jackson reads and writes
     */
    <T> Slice<T> slice(String name, Class<T> type);

    /**
     * Commits one atomic entry and waits until it is applied here.
     *
     * @return the revision of the entry
     * @throws org.bowline.api.RefusedException {@code STALE_REVISION} if a precondition did not
     *     hold, {@code USE_THE_LEADER} on a host that is no voter, {@code NO_QUORUM} if no majority
     *     answers in time (the entry may still come true: read before trying again), {@code
     *     SUPERSEDED} while a takeover challenges this group, unless the commit does nothing but
     *     expel who took over, and remove values whose keys end in {@code /} and that host's id:
     *     then the challenge ends
     */
    long commit(Commit commit) throws IOException;

    /**
     * What a member that was just admitted needs to follow; called on a voter after {@link
     * Change.Admit}.
     */
    Invitation invitation(HostId member) throws IOException;

    /**
     * Where that host stands with the named group; asked on behalf of anyone who proved its key.
     */
    Standing standing(HostId host, String groupId);

    /**
     * Leaves this host's group of one and becomes a follower. Persisted and trusted before it
     * returns; the old group is gone then.
     *
     * @throws org.bowline.api.RefusedException {@code ALREADY_FOLLOWER} or {@code HAS_FOLLOWERS} if
     *     this host is not alone
     */
    void follow(Invitation invitation) throws IOException;

    /**
     * Stops following and starts a group of one with a new id and empty slices: rooms fill it again
     * with what they hold. Persisted before it returns; nobody but this host is trusted then.
     *
     * @throws org.bowline.api.RefusedException {@code NOT_FOLLOWER} if this host is a voter
     */
    void leave() throws IOException;

    /**
     * Makes this host the only voter of a new group, one generation higher, with all members and
     * all that this host holds of its group. Signed, and on the disk before it returns. The others
     * follow once they are shown the takeover, which is pairing's work.
     *
     * @return the takeover, which is the new group's {@link GroupView#origin}
     * @throws org.bowline.api.RefusedException {@code LEADER_REACHABLE} if this host is a follower
     *     that has not lost its leader for {@link #LOST}, {@code NOT_FOLLOWER} if it is a voter
     *     that nobody challenges, {@code IN_CLUSTER} if the group has several voters
     */
    Takeover takeOver(Actor actor) throws IOException;

    /**
     * Takes note of a takeover that another host showed. A follower that may do so follows it
     * before this returns; a voter stops to accept changes ({@link GroupView#challenge}) and
     * follows only by {@link #yieldTo}. Shown again what is followed or noted already: no effect.
     *
     * @param from who showed it, proven: if it is one of this follower's own voters, it is followed
     *     at once, else only after {@link #LOST}
     * @throws org.bowline.api.RefusedException {@code LEADER_REACHABLE} if this follower still has
     *     its leader, or if this voter feeds who took over or did so within {@link #LOST}; {@code
     *     TAKEOVER_REFUSED} if the takeover is not of this group or its ancestors, does not outrank
     *     it, is more than a thousand generations above it, or is not signed by one of the members
     *     this host knows; {@code HOST_UNKNOWN} if this host was admitted only after what was taken
     *     over
     */
    void consider(Takeover takeover, HostId from) throws IOException;

    /**
     * Follows the takeover that challenges this voter's group. What this host alone accepted is set
     * aside.
     *
     * @throws org.bowline.api.RefusedException {@code NOT_CHALLENGED} if none does
     */
    void yieldTo(Takeover challenge) throws IOException;

    /**
     * What was set aside on this host, the newest first. What cannot be read is there without
     * items: it is not gone, and may be dropped.
     *
     * @throws java.io.UncheckedIOException if the disk does not tell what there is
     */
    List<Aside> aside();

    /**
     * Deletes what was set aside; no effect if it is gone.
     *
     * @param id of the {@link Aside}
     */
    void dropAside(String id) throws IOException;

    /**
     * Names the hosts that are to be voters; the Raft leader changes them one by one until they
     * are.
     *
     * @throws IOException as {@link #commit}
     */
    void wantVoters(Set<HostId> voters) throws IOException;

    /**
     * Calls back after something changed: an entry, a member, the leader, the feed, the group
     * itself. Wake-ups may be folded into one; read the newest state. The callback runs on a thread
     * of the group and must not block.
     */
    Subscription watch(Runnable changed);
}
