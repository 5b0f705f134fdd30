package org.bowline.group;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.group.Takeover.Ancestor;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.group.state.State;

/**
 * Who may take a group over, and whose takeover is followed: the rules alone. They see to it that a
 * host follows one generation at a time and only ever a higher one.
 */
final class Succession {
    /** So many generations a host may have slept through; one by one, no attacker runs out. */
    static final long LONGEST_STEP = 1000;

    private final Identity identity;
    private final Duration lost;
    private final BiPredicate<HostId, Duration> fed;

    /**
     * @param lost for so long a follower must have lost its leader
     * @param fed whether this host feeds that one, or did so lately
     */
    Succession(Identity identity, Duration lost, BiPredicate<HostId, Duration> fed) {
        this.identity = identity;
        this.lost = lost;
        this.fed = fed;
    }

    /**
     * A takeover by this host of the group that it is in.
     *
     * @param state what it keeps
     * @throws RefusedException if it may not
     */
    Takeover takeOver(Membership now, State state) throws RefusedException {
        checkMayTakeOver(now, state);
        Current current = now.current();
        Takeover challenge = current.challenge();
        List<Ancestor> ancestors = new ArrayList<>(ancestors(current));
        ancestors.add(new Ancestor(current.group(), current.generation(), state.revision()));
        long below = challenge == null ? current.generation() : challenge.generation();
        Takeover unsigned =
                new Takeover(
                        Current.newId(),
                        Math.addExact(below, 1),
                        identity.id(),
                        ancestors,
                        new byte[] {0});
        return new Takeover(
                unsigned.group(),
                unsigned.generation(),
                unsigned.by(),
                ancestors,
                identity.sign(unsigned.message()));
    }

    private void checkMayTakeOver(Membership now, State state) throws RefusedException {
        Set<HostId> voters = now.voters();
        if (voters.size() > 1) {
            throw new RefusedException(
                    Refusal.IN_CLUSTER, "This group has " + voters.size() + " leaders");
        }
        if (now.votes()) {
            if (now.current().challenge() == null) {
                throw new RefusedException(
                        Refusal.NOT_FOLLOWER, "This host leads, and nobody has taken over");
            }
            return;
        }
        checkLost(now);
        if (!state.has(identity.id()) || state.revision() < now.link()) {
            throw new RefusedException(
                    Refusal.TAKEOVER_REFUSED,
                    "This host has not received the state of group "
                            + now.current().group()
                            + " since it follows");
        }
    }

    private void checkLost(Membership now) throws RefusedException {
        Optional<Duration> since = now.leaderLost();
        if (since.isEmpty()) {
            throw new RefusedException(
                    Refusal.LEADER_REACHABLE, "The leader " + name(now) + " feeds this host");
        }
        if (since.get().compareTo(lost) < 0) {
            throw new RefusedException(
                    Refusal.LEADER_REACHABLE,
                    "The leader "
                            + name(now)
                            + " was lost only "
                            + since.get().toSeconds()
                            + " s ago, expected "
                            + lost.toSeconds()
                            + " s");
        }
    }

    private static String name(Membership now) {
        return now.voters().stream()
                .findFirst()
                .flatMap(now.view()::member)
                .map(member -> member.facts().name())
                .orElse("of group " + now.current().group());
    }

    /**
     * Whether that takeover is genuine, of this host's group, and above it.
     *
     * @throws RefusedException if not
     */
    void check(Membership now, Takeover takeover) throws RefusedException {
        Current current = now.current();
        if (!isWellFormed(takeover) || !isSigned(now, takeover)) {
            throw refused(
                    "The takeover is not signed by a member of group "
                            + current.group()
                            + " that this host knows: "
                            + takeover.by());
        }
        if (fork(current, takeover).isEmpty()) {
            throw refused(
                    "The takeover is not of group " + current.group() + " or of one before it");
        }
        if (!outranks(takeover, current)) {
            throw refused(
                    "This host is in generation "
                            + current.generation()
                            + " already, and the takeover of generation "
                            + takeover.generation()
                            + " does not outrank it");
        }
        if (takeover.generation() - current.generation() > LONGEST_STEP) {
            throw refused(
                    "This host is in generation "
                            + current.generation()
                            + ", and generation "
                            + takeover.generation()
                            + " is more than "
                            + LONGEST_STEP
                            + " above it");
        }
    }

    /**
     * Whether this follower follows that takeover now.
     *
     * @param from who showed it
     * @throws RefusedException if it may not, or has no place in it
     */
    void checkMayFollow(Membership now, Takeover takeover, HostId from) throws RefusedException {
        if (!now.voters().contains(from)) {
            checkLost(now);
            if (takeover.generation() == now.current().generation()) {
                throw refused(
                        "This host follows another takeover of generation "
                                + takeover.generation()
                                + " until its leader follows this one");
            }
        }
        checkHasPlace(now, takeover);
    }

    /**
     * Whether that takeover stops this voter from changing anything.
     *
     * @throws RefusedException if it is one of several: a follower alone cannot have lost them all;
     *     {@code LEADER_REACHABLE} if who took over has lost nobody, as far as this host can tell
     */
    void checkMayChallenge(Membership now, Takeover takeover) throws RefusedException {
        int voters = now.voters().size();
        if (voters > 1) {
            throw refused(
                    "This group has "
                            + voters
                            + " leaders and goes on; "
                            + takeover.by()
                            + " took it over when it knew one");
        }
        if (fed.test(takeover.by(), lost)) {
            throw new RefusedException(
                    Refusal.LEADER_REACHABLE,
                    takeover.by()
                            + " took over though this leader feeds it, or did so less than "
                            + lost.toSeconds()
                            + " s ago");
        }
    }

    /**
     * Whether the takeover knows this host.
     *
     * @throws RefusedException {@code HOST_UNKNOWN} if not
     */
    void checkHasPlace(Membership now, Takeover takeover) throws RefusedException {
        long fork = fork(now.current(), takeover).orElse(0);
        if (now.link() > fork) {
            throw new RefusedException(
                    Refusal.HOST_UNKNOWN,
                    "This host was linked at revision "
                            + now.link()
                            + ", and what was taken over ends at "
                            + fork);
        }
    }

    /** Whether to follow the one is to climb from where this host is. */
    private static boolean outranks(Takeover takeover, Current current) {
        Takeover origin = current.origin();
        return takeover.generation() > current.generation()
                || takeover.generation() == current.generation()
                        && origin != null
                        && Takeover.RANK.compare(takeover, origin) > 0;
    }

    /**
     * The last revision of this host's past that lives on in that takeover; empty if they have no
     * group in common.
     */
    static OptionalLong fork(Current current, Takeover takeover) {
        OptionalLong kept = kept(takeover.ancestors(), current.group());
        List<Ancestor> mine = ancestors(current);
        for (int i = mine.size() - 1; i >= 0 && kept.isEmpty(); i--) {
            String shared = mine.get(i).group();
            kept = kept(takeover.ancestors(), shared);
            if (kept.isPresent()) {
                long here = kept(mine, shared).orElse(0);
                kept = OptionalLong.of(Math.min(here, kept.getAsLong()));
            }
        }
        return kept;
    }

    /** How far that group lives on at the end of the line: no further than any after it. */
    private static OptionalLong kept(List<Ancestor> line, String group) {
        return line.stream()
                .dropWhile(ancestor -> !ancestor.group().equals(group))
                .mapToLong(Ancestor::revision)
                .min();
    }

    private static List<Ancestor> ancestors(Current current) {
        return current.origin() == null ? List.of() : current.origin().ancestors();
    }

    private static boolean isWellFormed(Takeover takeover) {
        long below = 0;
        for (Ancestor ancestor : takeover.ancestors()) {
            if (!Current.isId(ancestor.group()) || ancestor.generation() <= below) {
                return false;
            }
            below = ancestor.generation();
        }
        return Current.isId(takeover.group())
                && takeover.generation() > below
                && kept(takeover.ancestors(), takeover.group()).isEmpty();
    }

    /** Signed by another member, with the key in this host's own last list. */
    private boolean isSigned(Membership now, Takeover takeover) {
        Member signer = now.state().members().get(takeover.by().value());
        if (signer == null || signer.id().equals(identity.id())) {
            return false;
        }
        try {
            byte[] key = Base64.getDecoder().decode(signer.key());
            if (!HostId.of(key).equals(takeover.by())) {
                return false;
            }
            PublicKey known =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key));
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(known);
            check.update(takeover.message());
            return check.verify(takeover.signature());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // what cannot be checked is not believed
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(Refusal.TAKEOVER_REFUSED, detail);
    }
}
