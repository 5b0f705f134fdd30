package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bowline.api.Refusal;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Slice;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.HostRow.Cell;
import org.bowline.api.pairing.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTableTest {
    private static final String SYNCED =
            "{\"revision\":%d,\"state\":\"synced\",\"percent\":100,\"reason\":\"\",\"fix\":\"\","
                    + "\"missing\":{},\"later\":\"a field of tomorrow\"}";

    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;

    @BeforeEach
    void leaderAndFollower() throws IOException {
        lan = new Lan(data);
        a = lan.host("zeta");
        b = lan.host("beta");
        b.link(a.lead());
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    @Test
    void aHostAloneIsItsOnlyRow() throws IOException {
        Box c = lan.host("c");

        HostRow row = c.pairing().hosts().get(0);

        assertThat(c.pairing().hosts()).hasSize(1);
        assertThat(row.self()).isTrue();
        assertThat(row.leader()).isFalse();
        assertThat(row.status()).isEqualTo(HostRow.Status.READY);
        assertThat(row.addresses()).containsExactly("127.0.0.1");
        assertThat(row.uiPort()).isEqualTo(5080);
        assertThat(row.health().state()).isEqualTo("healthy");
        assertThat(row.cannotUnlink().map(Reason::refusal)).contains(Refusal.NOT_FOLLOWER);
    }

    @Test
    void theLeaderComesFirstThenByName() throws IOException {
        lan.host("alpha").link(a.token());

        assertThat(b.pairing().hosts())
                .extracting(HostRow::name)
                .containsExactly("zeta", "alpha", "beta");
    }

    @Test
    void unlinkIsOfferedWhereItIsAllowed() {
        assertThat(row(a, "zeta").cannotUnlink().map(Reason::refusal))
                .contains(Refusal.NOT_FOLLOWER);
        assertThat(row(a, "beta").cannotUnlink()).isEmpty();
        assertThat(row(b, "beta").cannotUnlink()).isEmpty();
        assertThat(row(b, "zeta").cannotUnlink().map(Reason::refusal))
                .contains(Refusal.NOT_FOLLOWER);
    }

    @Test
    void aHostThatSaidNothingOfItsContentIsNotSynced() {
        assertThat(row(a, "beta").content().state()).isEqualTo("not-synced");
        assertThat(row(a, "beta").content().reason()).isEqualTo("It has not reported yet");
    }

    @Test
    void aHostIsSyncedIfItLookedAtTheNewestContent() throws IOException {
        Slice<LinkFact> catalog = a.group.slice("content", LinkFact.class);
        long newest =
                a.group.commit(Commit.of(Box.OPERATOR, catalog.put("item", new LinkFact(a.id()))));

        say(b, "content", String.format(SYNCED, newest - 1));
        assertThat(row(a, "beta").content().state()).isEqualTo("syncing");
        assertThat(row(a, "beta").content().reason()).isNotBlank();

        say(b, "content", String.format(SYNCED, newest));
        assertThat(row(a, "beta").content()).isEqualTo(new Cell("synced", 100, "", ""));
    }

    @Test
    void whatAHostLacksIsShownWithReasonAndFix() {
        say(
                b,
                "content",
                "{\"revision\":9,\"state\":\"not-synced\",\"percent\":41,\"reason\":\"disk full\","
                        + "\"fix\":\"free some\",\"missing\":{}}");

        assertThat(row(a, "beta").content())
                .isEqualTo(new Cell("not-synced", 41, "disk full", "free some"));
    }

    @Test
    void anUnhealthyHostSaysWhy() {
        say(
                b,
                "health",
                "{\"state\":\"unhealthy\",\"reason\":\"disk full\",\"fix\":\"free some\"}");

        assertThat(row(a, "beta").health())
                .isEqualTo(new Cell("unhealthy", 100, "disk full", "free some"));
    }

    @Test
    void aHostThatNobodyReachesIsUnreachableSince() {
        lan.board.reachable(b.id(), false);

        Cell health = row(a, "beta").health();

        assertThat(health.state()).isEqualTo("unreachable");
        assertThat(health.reason()).isEqualTo("since 2026-11-24T12:00:00Z");
        assertThat(health.fix()).isNotBlank();
        assertThat(row(b, "beta").health().state()).as("it knows better").isEqualTo("healthy");
    }

    @Test
    void wordsThatThisReleaseCannotReadCountAsNone() {
        say(b, "content", "[1, 2");
        say(b, "health", "{\"state\":\"sleepy\"}");

        assertThat(row(a, "beta").content().state()).isEqualTo("not-synced");
        assertThat(row(a, "beta").health().state()).isEqualTo("healthy");
    }

    private static HostRow row(Box reader, String name) {
        return reader.pairing().hosts().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void say(Box box, String key, String text) {
        box.presence.say(key, text.getBytes(StandardCharsets.UTF_8));
    }
}
