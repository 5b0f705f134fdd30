package org.bowline.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bowline.api.content.Catalog;
import org.bowline.api.group.Group;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.TokenView;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Role;

/**
 * What the stream of events tells of: the same words as the routes of the same names.
 *
 * @param group the room, if it is there
 * @param pairing the room, if it is there
 * @param catalog the room, if it is there
 * @param ready whether this host can link and hold content now
 */
record Subjects(
        Optional<Group> group,
        Optional<Pairing> pairing,
        Optional<Catalog> catalog,
        boolean ready) {
    /**
     * The newest value of one subject.
     *
     * @param subject its name
     * @param byRole what a caller of that role is told
     * @param fingerprint the same as long as nothing is new
     * @param pulse what changes all the time and is no news by itself
     */
    record Value(String subject, Function<Role, Object> byRole, String fingerprint, String pulse) {
        static Value of(String subject, Object value) {
            return new Value(subject, role -> value, text(value), "");
        }

        Object as(Role role) {
            return byRole.apply(role);
        }
    }

    List<Value> all() {
        return Stream.of(ofPairing(), ofContent(), ofGroup()).flatMap(List::stream).toList();
    }

    /** Subjects of the room of pairing; none while it is away. */
    List<Value> ofPairing() {
        if (pairing.isEmpty()) {
            return List.of();
        }
        Pairing room = pairing.get();
        LeaderView leader = room.leader();
        return List.of(
                hosts(Words.hosts(room, ready)),
                new Value(
                        "leader",
                        role -> Words.leader(leader, role),
                        text(withoutSeconds(leader)),
                        ""),
                link(room.link()));
    }

    /** Subjects of the room of content; none while it is away. */
    List<Value> ofContent() {
        return catalog.map(
                        room ->
                                List.of(
                                        Value.of("content", Words.content(room)),
                                        Value.of("sync", Words.sync(room))))
                .orElse(List.of());
    }

    /** Subjects of the room of the group; none while it is away. */
    List<Value> ofGroup() {
        return group.map(room -> List.of(Value.of("aside", Words.aside(room)))).orElse(List.of());
    }

    /** A host that was heard of again is not news. */
    private static Value hosts(Words.Hosts hosts) {
        List<HostRow> still = hosts.items().stream().map(Subjects::withoutContact).toList();
        return new Value(
                "hosts",
                role -> hosts,
                text(new Words.Hosts(still, hosts.ready())),
                text(hosts.items().stream().map(HostRow::lastContact).toList()));
    }

    private static HostRow withoutContact(HostRow row) {
        return new HostRow(
                row.id(),
                row.name(),
                row.addresses(),
                row.uiPort(),
                row.leader(),
                row.role(),
                row.status(),
                row.content(),
                row.health(),
                row.version(),
                Optional.empty(),
                row.self(),
                row.moved(),
                row.cannotUnlink(),
                row.cannotForget());
    }

    /** A leader that is lost for yet another second is not news. */
    private static Value link(LinkView link) {
        LinkView still =
                new LinkView(
                        link.follower(),
                        link.leader(),
                        link.cannotLink(),
                        link.cannotUnlink(),
                        link.leaderLostSeconds().map(seconds -> 0L),
                        link.last(),
                        link.operations());
        return new Value("link", role -> link, text(still), text(link.leaderLostSeconds()));
    }

    /** A token that gets older is not news. */
    private static LeaderView withoutSeconds(LeaderView leader) {
        return new LeaderView(
                leader.leading(),
                leader.token()
                        .map(
                                token ->
                                        new TokenView(
                                                token.text(),
                                                token.addresses(),
                                                token.expiresAt(),
                                                Duration.ZERO)),
                leader.cannotStart(),
                leader.cannotStop(),
                leader.cannotTakeOver(),
                leader.challenge(),
                leader.joining());
    }

    private static String text(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }
}
