package org.bowline.api.group;

import java.io.IOException;
import java.util.Set;
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
     *     answers in time (the entry may still come true: read before trying again)
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
