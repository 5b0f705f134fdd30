package org.bowline.pairing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;
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

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Ground ground;
    private final Slice<MoveFact> moves;
    private final Map<HostId, byte[]> written = new HashMap<>(); // what needs no second look

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
        byte[] own = spoken(ground.host().facts());
        ground.presence().say(KEY, own);
        return own;
    }

    private void describe(Member member, byte[] said) {
        try {
            HostFacts facts = JSON.readValue(said, HostFacts.class);
            if (facts != null && !facts.equals(member.facts())) {
                ground.group().commit(change(member, facts));
                LOG.info("{} says anew what it is: {}", member.id(), facts.endpoints());
            }
            written.put(member.id(), said);
        } catch (JsonProcessingException e) {
            LOG.warn("{} says of itself what this release cannot read", member.id(), e);
            written.put(member.id(), said);
        } catch (IOException e) {
            LOG.debug("What {} says of itself is written later", member.id(), e);
        }
    }

    /** Precondition: it is the member that it was. */
    private Commit change(Member member, HostFacts facts) {
        List<Change> changes = new ArrayList<>();
        changes.add(
                new Change.Describe(new Member(member.id(), member.key(), facts, member.link())));
        List<String> from = addresses(member.facts());
        List<String> to = addresses(facts);
        if (!from.isEmpty() && !to.contains(from.get(0))) {
            MoveFact move = new MoveFact(member.id(), from, to, ground.clock().millis());
            changes.add(moves.put(MoveFact.moved(member.id()), move));
            ground.records()
                    .done(
                            Records.actor(member.id()),
                            "host.moved",
                            member.id().value(),
                            member.facts().name() + " moved from " + from + " to " + to);
        }
        return new Commit(
                changes,
                List.of(new Precondition(Precondition.MEMBERS, member.id().value(), member.link())),
                Actor.SYSTEM);
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
