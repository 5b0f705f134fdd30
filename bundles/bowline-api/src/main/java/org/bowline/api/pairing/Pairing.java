package org.bowline.api.pairing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes and ends links between hosts: tokens on the leader, link and unlink, leader status, the
 * table of linked hosts. Every refusal is a {@link org.bowline.api.RefusedException} with its named
 * cause, and leaves both hosts as they were.
 *
 * <p>Safe for use by any thread. What reads never waits; what changes waits for the group's commit,
 * {@link #preview}, {@link #check} and unlink on the follower also for the other host, at most 20
 * s.
 */
@ProviderType
public interface Pairing {
    /** Whether this host leads, with the token it shows now. */
    LeaderView leader();

    /**
     * Generate token: from now on this host leads and always shows a live token. Already leading:
     * changes nothing.
     *
     * <p>Preconditions: this host is alone or leads already; multi-node on; installation mode
     * airgap.
     */
    LeaderView startLeading(Actor actor) throws IOException;

    /**
     * Stop token generation: ends the leader status; the live token dies at once.
     *
     * <p>Preconditions: no followers, no cluster.
     */
    LeaderView stopLeading(Actor actor) throws IOException;

    /** How this host stands with a leader, and its last link. */
    LinkView link();

    /**
     * Decodes a token, asks its leader and runs every check, without changing anything on either
     * host.
     */
    LinkPreview preview(String token) throws IOException;

    /**
     * Links this host to the leader that made the token. A malformed token is refused at once,
     * without a packet; all else goes on in the background and ends as Completed or Failed in
     * {@link #link()}.
     */
    LinkView.Operation link(String token, Actor actor) throws IOException;

    /** Unlinks this host from its leader; goes on alone even if the leader does not answer. */
    void unlink(Actor actor) throws IOException;

    /** Unlinks a follower, on its leader. */
    void unlink(HostId follower, Actor actor) throws IOException;

    /**
     * Forgets a host that will never return, on its leader; on return it learns that it is out.
     *
     * <p>Preconditions: the host is a follower, and is unreachable.
     */
    void forget(HostId follower, Actor actor) throws IOException;

    /**
     * Take over: makes this follower, whose leader was lost, the leader of the same group in the
     * next generation; or makes a challenged leader lead on.
     *
     * <p>Preconditions: the leader was lost for 30 s, or another host has taken over; no cluster.
     */
    LeaderView takeOver(Actor actor) throws IOException;

    /**
     * On a challenged leader: follows the host that has taken over. What this host alone accepted
     * is set aside.
     */
    LinkView yield(Actor actor) throws IOException;

    /** What an act would change and what stays, without doing it. */
    Plan plan(Plan.Act act, Optional<HostId> host) throws IOException;

    /** Looks from here whether that host can be reached, and where it stands. */
    HostCheck check(HostId host) throws IOException;

    /**
     * Asks for other addresses of a host, which Bowline never grants: {@code ADDRESS_FIXED} for a
     * linked host, {@code SETTING_IN_FILE} for one on its own.
     */
    void changeAddresses(HostId host, List<String> addresses, Actor actor) throws IOException;

    /** The table of linked hosts: the leader first, then by name. */
    List<HostRow> hosts();

    /**
     * Calls back after something of the above changed; wake-ups may be folded; the callback must
     * not block.
     */
    Subscription watch(Runnable changed);
}
