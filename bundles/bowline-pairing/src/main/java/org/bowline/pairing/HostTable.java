package org.bowline.pairing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.content.ContentReport;
import org.bowline.api.content.Holding;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.HostRow.Cell;
import org.bowline.api.pairing.HostRow.Moved;
import org.bowline.api.peers.HealthReport;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;

/**
 * The table of linked hosts, out of the group's members and of what each says of itself. Never
 * waits.
 */
final class HostTable {
    private static final String WAIT = "Wait a moment; if it stays, look at the host.";
    private static final ObjectMapper JSON = Words.JSON;

    private final Ground ground;
    private final Presence presence;
    private final Position position;
    private final Slice<JsonNode> catalog;
    private final Slice<MoveFact> moves;

    HostTable(Ground ground, Position position) {
        this.ground = ground;
        this.presence = ground.presence();
        this.position = position;
        this.catalog = ground.group().slice("content", JsonNode.class);
        this.moves = ground.group().slice(LinkFact.SLICE, MoveFact.class);
    }

    List<HostRow> rows() {
        GroupView view = position.group();
        Set<HostId> leaders = position.leaders();
        Map<HostId, Said> heard = presence.heard();
        long newest =
                catalog.all().values().stream()
                        .mapToLong(entry -> entry.revision())
                        .max()
                        .orElse(0);
        return view.members().stream()
                .map(
                        member ->
                                row(
                                        view,
                                        member,
                                        leaders.contains(member.id()),
                                        Optional.ofNullable(heard.get(member.id())),
                                        newest))
                .sorted(
                        Comparator.comparing((HostRow row) -> !row.leader())
                                .thenComparing(HostRow::name)
                                .thenComparing(HostRow::id))
                .toList();
    }

    private HostRow row(
            GroupView view, Member member, boolean leader, Optional<Said> said, long newest) {
        boolean self = member.id().equals(view.self());
        Instant now = ground.clock().instant();
        return new HostRow(
                member.id(),
                member.facts().name(),
                member.facts().endpoints().stream().map(Endpoint::ip).distinct().toList(),
                member.facts().uiPort(),
                leader,
                Optional.empty(),
                HostRow.Status.READY,
                content(said, newest),
                health(view, said, self, now),
                member.facts().version(),
                self ? Optional.of(now) : said.map(Said::age).map(now::minus),
                self,
                moved(member),
                position.cannotUnlink(member),
                position.cannotForget(member, self || said.filter(Said::reachable).isPresent()));
    }

    private static Cell content(Optional<Said> said, long newest) {
        Optional<ContentReport> read =
                said.flatMap(host -> host.text(ContentReport.KEY))
                        .flatMap(text -> parse(text, ContentReport.class));
        if (read.isEmpty()) {
            return new Cell("not-synced", 0, "It has not reported yet", WAIT);
        }
        ContentReport report = read.get();
        boolean synced = report.state() == Holding.State.SYNCED;
        if (synced && report.revision() < newest) {
            return new Cell(
                    "syncing",
                    Math.min(99, report.percent()),
                    "It has not looked at the newest content yet",
                    WAIT);
        }
        return new Cell(
                report.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                synced ? 100 : report.percent(),
                orEmpty(report.reason()),
                orEmpty(report.fix()));
    }

    private static Cell health(GroupView view, Optional<Said> said, boolean self, Instant now) {
        if (!self && said.filter(Said::reachable).isEmpty()) {
            String since =
                    said.map(Said::age)
                            .map(age -> "since " + before(now, age))
                            .orElse("not heard of since this agent started");
            return new Cell(
                    "unreachable",
                    0,
                    since,
                    "Check that the host runs, and the network in between.");
        }
        Optional<Cell> island = self ? Optional.empty() : island(view, said);
        if (island.isPresent()) {
            return island.get();
        }
        HealthReport report =
                said.flatMap(host -> host.text(HealthReport.KEY))
                        .flatMap(text -> parse(text, HealthReport.class))
                        .orElse(HealthReport.HEALTHY);
        return new Cell(
                report.state().name().toLowerCase(Locale.ROOT),
                100,
                orEmpty(report.reason()),
                orEmpty(report.fix()));
    }

    private static Instant before(Instant now, Duration age) {
        return now.minus(age).truncatedTo(ChronoUnit.SECONDS);
    }

    private Optional<Moved> moved(Member member) {
        return moves.get(MoveFact.moved(member.id()))
                .map(entry -> entry.value())
                .map(move -> new Moved(move.from(), move.to(), Instant.ofEpochMilli(move.at())));
    }

    /** A member that answers, but is in another group: on one side of a takeover. */
    private static Optional<Cell> island(GroupView view, Optional<Said> said) {
        return said.flatMap(Islands::of)
                .filter(place -> !place.id().equals(view.id()))
                .map(
                        place ->
                                new Cell(
                                        "unhealthy",
                                        100,
                                        "It is on an island: generation "
                                                + place.generation()
                                                + ", here it is "
                                                + view.generation(),
                                        place.generation() < view.generation()
                                                ? "Wait a minute: it follows by itself, or its"
                                                        + " leader asks its operator."
                                                : "Look at its Linked Edge Hosts page: another"
                                                        + " host has taken over there."));
    }

    private static <T> Optional<T> parse(String text, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(text, type));
        } catch (IOException e) {
            return Optional.empty(); // another release's words: as if it had said nothing
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
