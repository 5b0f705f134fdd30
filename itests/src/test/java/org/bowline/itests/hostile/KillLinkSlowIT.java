package org.bowline.itests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bowline.itests.Agent;
import org.bowline.itests.Places;
import org.bowline.itests.Site;
import org.bowline.itests.hostile.Relay.Sight;
import org.bowline.itests.hostile.Relay.Spot;
import org.bowline.itests.hostile.Relay.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A link that ends before its end leaves no half member. A power cut of either host comes right
 * after one TLS record of the link went over the wire: by default after each that carries a word of
 * the exchange; after every single one, handshakes included, with {@code -Dkill.all=true}, which
 * takes some 15 minutes.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillLinkSlowIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** A leader takes out who has not confirmed for 60 s. */
    private static final Duration GHOSTS_GONE = Duration.ofSeconds(70);

    private static Site site;
    private static Agent leader;
    private static Agent follower;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("kill-link");
        leader = site.start(Places.agent("alpha"));
        follower = site.start(Places.agent("beta"));
        leader.awaitReady();
        follower.awaitReady();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> aPowerCutLeavesBothLinkedOrNeither() throws Exception {
        Map<String, Spot> spots = Boolean.getBoolean("kill.all") ? everyRecord() : everyWord();
        List<DynamicTest> tests = new ArrayList<>();
        spots.forEach(
                (name, spot) -> {
                    for (Agent victim : List.of(leader, follower)) {
                        tests.add(
                                DynamicTest.dynamicTest(
                                        victim.name() + " dies after " + name,
                                        () -> cutAt(spot, victim)));
                    }
                });
        return tests.stream();
    }

    /** The follower stays off after it was admitted, and never learned of it. */
    @Test
    @Order(2)
    void whoNeverConfirmsIsTakenOutAgainAndMayComeBack() throws Exception {
        Spot prove = everyWord().get("prove");
        try (Knife knife = Knife.at(prove, follower)) {
            follower.rest().post("/link", Map.of("token", knife.token()));
            knife.awaitCut();
            Site.awaitHosts(leader, 2, row -> true, "admitted", SOON);
            Site.awaitHosts(leader, 1, row -> true, "the ghost is gone", GHOSTS_GONE);
        }

        follower.start().awaitReady();
        assertThat(follows()).isFalse();
        Site.link(follower, Site.token(leader), SOON);
        requireLinked();
        unlink();
    }

    /** Somebody in between breaks the leader's last answer, however often it is asked for. */
    @Test
    @Order(3)
    void anAnswerThatNeverArrivesLeavesNoGhost() throws Exception {
        int admitted = everyWord().get("admitted").index();
        JsonNode before = state(follower);
        Relay.Attack attack =
                sight -> {
                    boolean answer =
                            sight.spot().way() == Way.TO_FOLLOWER
                                    && sight.spot().index() == admitted;
                    return answer ? sight.flipped() : sight.bytes();
                };
        try (Relay relay = Relay.to(leader.files().tls(), attack)) {
            String token = Pasted.of(Site.token(leader)).at(relay.port()).text();
            assertThat(Site.failure(follower, token, GHOSTS_GONE)).isEqualTo("pairing-interrupted");
        }

        assertThat(state(follower)).isEqualTo(before);
        Site.awaitHosts(leader, 1, row -> true, "the ghost is gone", GHOSTS_GONE);
        Site.link(follower, Site.token(leader), SOON);
        requireLinked();
        unlink();
    }

    private static void cutAt(Spot spot, Agent victim) throws Exception {
        try (Knife knife = Knife.at(spot, victim)) {
            follower.rest().post("/link", Map.of("token", knife.token()));
            knife.awaitCut();
            victim.start().awaitReady();
            Site.await("the link ends", GHOSTS_GONE, () -> !isLinking());
        }
        if (!follows()) {
            assertThat(Site.row(follower, "beta").path("leader").asBoolean()).isFalse();
            Site.link(follower, Site.token(leader), SOON);
        }
        requireLinked();
        unlink();
    }

    private static boolean isLinking() throws IOException {
        JsonNode link = follower.rest().get("/link");
        String status = link.path("last").path("status").asText();
        return status.equals("pending") || status.equals("in-progress");
    }

    private static boolean follows() throws IOException {
        return follower.rest().get("/link").path("follower").asBoolean();
    }

    private static void requireLinked() throws IOException {
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 2, Site::synced, "two Synced hosts", SOON);
        }
        assertThat(Site.row(follower, "alpha").path("leader").asBoolean()).isTrue();
        Site.await(
                "confirmed, and the same on both hosts",
                SOON,
                () -> {
                    JsonNode led = state(leader);
                    return !led.path("slices").path("pairing").toString().contains("joining/")
                            && led.path("group").path("members").size() == 2
                            && state(follower).path("slices").equals(led.path("slices"));
                });
    }

    private static JsonNode state(Agent agent) throws IOException {
        return agent.rest().get("/diagnostics/state");
    }

    private static void unlink() throws IOException {
        follower.rest().delete("/link");
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 1, row -> row.path("self").asBoolean(), "alone", SOON);
        }
    }

    /** The record that carries that word of the exchange. */
    private static Map<String, Spot> everyWord() throws IOException {
        try (Relay relay = undisturbed()) {
            Map<String, Spot> spots = new LinkedHashMap<>();
            spots.put("hello", relay.last(0, Way.TO_LEADER, 1));
            spots.put("welcome", relay.last(0, Way.TO_FOLLOWER, 1));
            spots.put("prove", relay.last(0, Way.TO_LEADER, 0));
            spots.put("admitted", relay.last(0, Way.TO_FOLLOWER, 0));
            spots.put("confirm", relay.last(1, Way.TO_LEADER, 0));
            spots.put("done", relay.last(1, Way.TO_FOLLOWER, 0));
            return spots;
        }
    }

    private static Map<String, Spot> everyRecord() throws IOException {
        try (Relay relay = undisturbed()) {
            Map<String, Spot> spots = new LinkedHashMap<>();
            for (Sight sight : relay.seen()) {
                spots.put(sight.toString(), sight.spot());
            }
            return spots;
        }
    }

    /** What went over the wire in a link that nobody disturbed. */
    private static Relay undisturbed() throws IOException {
        Relay relay = Relay.opaque(leader.files().tls());
        Pasted token = Pasted.of(Site.token(leader)).at(relay.port());
        Site.link(follower, token.text(), SOON);
        requireLinked();
        unlink();
        return relay;
    }

    /** A relay that ends a host right after one record went on, and passes on all the rest. */
    private static final class Knife implements AutoCloseable {
        private final Spot spot;
        private final Agent victim;
        private final Relay relay;
        private final String token;
        private final CountDownLatch cut = new CountDownLatch(1);

        private Knife(Spot spot, Agent victim) throws IOException {
            this.spot = spot;
            this.victim = victim;
            this.relay = Relay.to(leader.files().tls(), new Attack());
            this.token = Pasted.of(Site.token(leader)).at(relay.port()).text();
        }

        static Knife at(Spot spot, Agent victim) throws IOException {
            return new Knife(spot, victim);
        }

        String token() {
            return token;
        }

        void awaitCut() throws InterruptedException {
            assertThat(cut.await(SOON.toSeconds(), TimeUnit.SECONDS))
                    .as("reached " + spot)
                    .isTrue();
        }

        @Override
        public void close() throws IOException {
            relay.close();
        }

        private final class Attack implements Relay.Attack {
            @Override
            public byte[] before(Sight sight) {
                return sight.bytes();
            }

            @Override
            public void after(Sight sight) throws IOException {
                if (sight.spot().equals(spot)) {
                    victim.kill();
                    cut.countDown();
                }
            }
        }
    }
}
