package org.bowline.pairing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.IpLiteral;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps true what the group knows of each host: every host says what it is now, and the leader
 * writes what is news into the log. So a host whose address changed behind Bowline's back is found
 * again by its key, and its row shows both addresses. Rounds are used by one thread.
 */
final class Describing {
    /** The key in presence. */
    static final String KEY = "facts";

    private static final Logger LOG = LoggerFactory.getLogger(Describing.class);

    /** How often a host looks whether the machine's addresses changed. */
    private static final Duration EVERY = Duration.ofSeconds(3);

    /** How long the leader waits before it writes anew what the same host is. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = Words.JSON;

    private final Ground ground;
    private final Slice<MoveFact> moves;
    private final Map<HostId, byte[]> written = new HashMap<>(); // what needs no second look
    private final Map<HostId, Long> described = new HashMap<>(); // when, nanos
    private volatile @Nullable HostFacts lastSaid;

    Describing(Ground ground) {
        this.ground = ground;
        this.moves = ground.group().slice(LinkFact.SLICE, MoveFact.class);
    }

    /** One round; answers the time until the next is due. */
    Duration round() {
        byte[] own = say();
        GroupView view = ground.group().view();
        boolean writes =
                view.voter()
                        && view.challenge().isEmpty()
                        && view.leader().filter(view.self()::equals).isPresent();
        if (!writes) {
            written.clear();
            return EVERY;
        }
        Map<HostId, Said> heard = ground.presence().heard();
        written.keySet().removeIf(host -> view.member(host).isEmpty());
        described.keySet().removeIf(host -> view.member(host).isEmpty());
        for (Member member : view.members()) {
            byte[] said =
                    member.id().equals(view.self())
                            ? own
                            : Optional.ofNullable(heard.get(member.id()))
                                    .map(host -> host.values().get(KEY))
                                    .orElse(null);
            if (said != null && !Arrays.equals(said, written.get(member.id()))) {
                describe(member, said);
            }
        }
        return EVERY;
    }

    /** Says what this host is now, and answers that. */
    byte[] say() {
        HostFacts facts = ground.host().facts();
        HostFacts before = lastSaid;
        boolean cut = before != null && isOnLoopback(facts) && !isOnLoopback(before);
        HostFacts say = cut ? facts.withEndpoints(before.endpoints()) : facts;
        lastSaid = say;
        byte[] own = spoken(say);
        ground.presence().say(KEY, own);
        return own;
    }

    private void describe(Member member, byte[] said) {
        try {
            HostFacts facts = JSON.readValue(said, HostFacts.class);
            boolean whole = LinkRules.isWhole(facts) && !facts.endpoints().isEmpty();
            if (whole && !facts.equals(member.facts())) {
                if (isTooSoon(member.id())) {
                    return; // a host that says something else all the time fills no log
                }
                Optional<MoveFact> move = move(member, facts);
                ground.group().commit(change(member, facts, move));
                LOG.info("{} says anew what it is: {}", member.id(), facts.endpoints());
                move.filter(moved -> !moved.from().isEmpty())
                        .ifPresent(moved -> record(member, moved));
            }
            written.put(member.id(), said);
        } catch (JsonProcessingException e) {
            LOG.warn("{} says of itself what this release cannot read", member.id(), e);
            written.put(member.id(), said);
        } catch (IOException e) {
            LOG.debug("What {} says of itself is written later", member.id(), e);
        }
    }

    /** Counts a description; whether the last one of that host was a moment ago. */
    private boolean isTooSoon(HostId host) {
        long now = ground.nanos().getAsLong();
        Long last = described.get(host);
        if (last != null && now - last < PAUSE.toNanos()) {
            return true;
        }
        described.put(host, now);
        return false;
    }

    /** Precondition: it is the member that it was. */
    private Commit change(Member member, HostFacts facts, Optional<MoveFact> move) {
        List<Change> changes = new ArrayList<>();
        changes.add(
                new Change.Describe(new Member(member.id(), member.key(), facts, member.link())));
        String key = MoveFact.moved(member.id());
        move.ifPresent(
                moved ->
                        changes.add(
                                moved.from().isEmpty()
                                        ? moves.remove(key)
                                        : moves.put(key, moved)));
        return new Commit(
                changes,
                List.of(new Precondition(Precondition.MEMBERS, member.id().value(), member.link())),
                Actor.SYSTEM);
    }

    /**
     * The move that is to be shown from now on; from nowhere if none: it is back. Empty: as it is.
     */
    private Optional<MoveFact> move(Member member, HostFacts facts) {
        List<String> from = addresses(member.facts());
        List<String> to = addresses(facts);
        Optional<MoveFact> shown =
                moves.get(MoveFact.moved(member.id())).map(entry -> entry.value());
        if (shown.filter(move -> to.contains(move.from().get(0))).isPresent()) {
            return Optional.of(new MoveFact(member.id(), List.of(), to, 0));
        }
        return from.isEmpty() || to.contains(from.get(0))
                ? Optional.empty()
                : Optional.of(new MoveFact(member.id(), from, to, ground.clock().millis()));
    }

    private void record(Member member, MoveFact move) {
        String name = member.facts().name();
        ground.records()
                .done(
                        Records.actor(member.id()),
                        "host.moved",
                        member.id().value(),
                        name + " moved from " + move.from() + " to " + move.to());
    }

    /** A host whose cable is out knows loopback alone; that is no address to be found at. */
    private static boolean isOnLoopback(HostFacts facts) {
        return addresses(facts).stream()
                .allMatch(
                        ip ->
                                IpLiteral.parse(ip)
                                        .filter(InetAddress::isLoopbackAddress)
                                        .isPresent());
    }

    private static List<String> addresses(HostFacts facts) {
        return facts.endpoints().stream().map(Endpoint::ip).distinct().toList();
    }

    /** The facts as presence carries them: with as many endpoints as there is room for. */
    private static byte[] spoken(HostFacts facts) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(facts);
            for (int most = facts.endpoints().size() - 1;
                    bytes.length > Presence.MAX_VALUE && most >= 0;
                    most--) {
                bytes =
                        JSON.writeValueAsBytes(
                                facts.withEndpoints(facts.endpoints().subList(0, most)));
            }
            return bytes;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
