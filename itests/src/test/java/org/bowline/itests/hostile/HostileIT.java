package org.bowline.itests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.bowline.itests.Agent;
import org.bowline.itests.Site;
import org.bowline.itests.hostile.Relay.Spot;
import org.bowline.itests.hostile.Relay.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A hostile LAN around three packed agents that link: what is tried fails by name and harms nobody.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> MEMBERS_ONLY = List.of("feed/1", "presence/1", "content/1");

    private static Trio trio;
    private static Agent a;
    private static Agent b;
    private static Agent c;

    @BeforeAll
    static void start() throws Exception {
        trio = Trio.start();
        a = trio.leader();
        b = trio.first();
        c = trio.second();
    }

    @AfterAll
    static void stop() {
        trio.close();
    }

    @Test
    @Order(1)
    void aManInTheMiddleIsRefusedBeforeAnythingIsSaid() throws Exception {
        Pasted token = trio.shown();
        List<JsonNode> before = trio.states();

        try (Impostor man = Impostor.of(a, HostKey.fresh())) {
            assertThat(trio.failure(b, token.at(man.port()))).isEqualTo("wrong-key");
            assertThat(man.met()).isPositive();
            assertThat(man.believed()).isZero();
            assertThat(man.heard()).isZero();
        }
        assertThat(trio.states()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void theLeadersCertificateWithoutItsKeyIsRefusedToo() throws Exception {
        Pasted token = trio.shown();
        List<JsonNode> before = trio.states();
        HostKey own = HostKey.fresh();
        X509Certificate leaders;
        try (Line line = Line.open(own.context(), a, "pair/1", "127.0.0.1")) {
            leaders = line.certificate();
        }

        try (Impostor man = Impostor.of(a, own.behind(leaders))) {
            assertThat(trio.failure(b, token.at(man.port()))).isEqualTo("wrong-key");
            assertThat(man.met()).isPositive();
            assertThat(man.believed()).isZero();
            assertThat(man.heard()).isZero();
        }
        assertThat(trio.states()).isEqualTo(before);
    }

    @Test
    @Order(3)
    void aRelayThatOnlyLooksLearnsNothing() throws Exception {
        Pasted token = trio.shown();
        try (Relay relay = Relay.opaque(a.files().tls())) {
            trio.link(b, token.at(relay.port()));

            String wire = "";
            for (Way way : Way.values()) {
                wire += text(relay.captured(0, way)) + text(relay.captured(1, way));
            }
            assertThat(wire).as("what TLS shows of a link").contains("pair/1");
            for (Map.Entry<String, byte[]> secret : token.secrets().entrySet()) {
                assertThat(wire).as(secret.getKey()).doesNotContain(text(secret.getValue()));
            }
            assertThat(wire)
                    .doesNotContain(token.id(), token.group(), token.issuer(), trio.id(b))
                    .doesNotContain(a.name(), b.name())
                    .doesNotContain(key(a), key(b));
        }
        trio.unlink(b);
    }

    @Test
    @Order(4)
    void whatWasSentOnceIsOfNoUseToWhoSendsItAgain() throws Exception {
        Pasted token = trio.shown();
        Spot prove = spots(token).get("prove");
        Pasted next = trio.shown();
        List<JsonNode> before = trio.states();
        List<JsonNode> meanwhile = new ArrayList<>();
        List<Replay> replays = new ArrayList<>();
        Relay[] own = new Relay[1];
        Relay.Attack attack =
                sight -> {
                    if (sight.spot().equals(prove)) { // the token is proven, but not used yet
                        byte[] follower = own[0].captured(0, Way.TO_LEADER);
                        byte[] leader = own[0].captured(0, Way.TO_FOLLOWER);
                        replays.add(Replay.of(a, follower));
                        replays.add(Replay.of(a, leader));
                        replays.add(Replay.of(b, follower));
                        meanwhile.addAll(trio.states());
                    }
                    return sight.bytes();
                };
        try (Relay relay = Relay.to(a.files().tls(), attack)) {
            own[0] = relay;
            trio.link(b, next.at(relay.port()));

            assertThat(replays).hasSize(3).allMatch(Replay::wasClosed, "closed");
            assertThat(meanwhile).isEqualTo(before);
            List<JsonNode> linked = trio.states();
            assertThat(Replay.of(a, relay.captured(0, Way.TO_LEADER)).wasClosed()).isTrue();
            assertThat(Replay.of(a, relay.captured(1, Way.TO_LEADER)).wasClosed()).isTrue();
            assertThat(trio.states()).isEqualTo(linked);
        }
        trio.unlink(b);
    }

    @Test
    @Order(5)
    void aFlippedBitOnTheWireBreaksTheLinkOrIsMadeGoodNeverHalf() throws Exception {
        Map<String, Spot> spots = spots(trio.shown());
        List<JsonNode> before = trio.states();
        for (Map.Entry<String, Spot> flipped : spots.entrySet()) {
            Pasted token = trio.shown();
            Relay.Attack attack =
                    sight ->
                            sight.spot().equals(flipped.getValue())
                                    ? sight.flipped()
                                    : sight.bytes();
            try (Relay relay = Relay.to(a.files().tls(), attack)) {
                String cause = trio.outcome(b, token.at(relay.port()));
                if (cause.isEmpty()) { // the proof was out, so its answer was asked for again
                    assertThat(flipped.getKey()).isIn("prove", "admitted");
                    trio.unlink(b);
                    before = trio.states();
                } else {
                    assertThat(flipped.getKey()).isNotIn("prove", "admitted");
                    assertThat(cause)
                            .as("bit flipped in " + flipped)
                            .isIn("pairing-interrupted", "leader-unreachable", "wrong-key");
                    assertThat(trio.states()).as("bit flipped in " + flipped).isEqualTo(before);
                }
            }
        }
    }

    @Test
    @Order(6)
    void anUnlinkedHostIsOutWithinTwoSecondsEverywhere() throws Exception {
        trio.link(b, trio.shown());
        trio.link(c, trio.shown());
        Site.awaitHosts(c, 3, Site::synced, "three Synced hosts", SOON);
        SSLContext thief = HostKey.stolenFrom(b).context();
        Map<String, Line> lines = new LinkedHashMap<>();
        for (Agent agent : List.of(a, c)) {
            for (String protocol : MEMBERS_ONLY) {
                Line line = Line.open(thief, agent, protocol, "127.0.0.1");
                assertThat(line.read()).as(protocol).isEqualTo(Line.SERVED);
                lines.put(protocol + " on " + agent.name(), line);
            }
        }
        lines.forEach((name, line) -> assertThat(line.isOpen()).as(name).isTrue());

        a.rest().delete("/hosts/" + trio.id(b));
        long out = System.nanoTime();
        Map<String, CompletableFuture<Long>> ends = new LinkedHashMap<>();
        lines.forEach((name, line) -> ends.put(name, line.end()));
        for (Map.Entry<String, CompletableFuture<Long>> end : ends.entrySet()) {
            long at = end.getValue().get(20, TimeUnit.SECONDS);
            assertThat((at - out) / 1_000_000).as(end.getKey()).isLessThan(2000);
        }
        Site.await("two seconds are over", SOON, () -> millisSince(out) > 2000);
        SSLContext fresh = HostKey.stolenFrom(b).context();
        for (Agent agent : List.of(a, c)) {
            for (String protocol : MEMBERS_ONLY) {
                String door = protocol + " on " + agent.name();
                assertThat(Line.isServed(thief, agent, protocol)).as("again, " + door).isFalse();
                assertThat(Line.isServed(fresh, agent, protocol)).as("anew, " + door).isFalse();
            }
        }
        lines.values().forEach(Line::close);
        Site.awaitHosts(b, 1, row -> true, "alone", SOON);
        trio.unlink(c);
    }

    @Test
    @Order(7)
    void twoHundredFalseProofsKeepNoHonestHostOut() throws Exception {
        Pasted token = trio.shown();
        long begun = System.nanoTime();
        List<Future<List<String>>> attackers = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 8; i++) {
                Forgery forgery =
                        new Forgery(HostKey.fresh().context(), a, token, "127.0.0." + (10 + i));
                attackers.add(pool.submit(() -> refusals(forgery)));
            }
            attackers.get(0).get(60, TimeUnit.SECONDS);

            trio.link(b, token);

            List<String> all = new ArrayList<>();
            for (Future<List<String>> attacker : attackers) {
                all.addAll(attacker.get(60, TimeUnit.SECONDS));
            }
            assertThat(all).hasSize(200).containsOnly("token-refused", "pairing-throttled");
            long minutes = millisSince(begun) / 60_000 + 1; // 30 a minute are listened to
            assertThat(all.stream().filter("token-refused"::equals).count())
                    .isLessThanOrEqualTo(30 * (minutes + 1));
        } finally {
            pool.shutdownNow();
        }
        trio.unlink(b);
    }

    private static List<String> refusals(Forgery forgery) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            refusals.add(forgery.refusal());
        }
        return refusals;
    }

    @Test
    @Order(8)
    void aFlippedBitInATokenIsRefusedByName() throws Exception {
        List<JsonNode> before = trio.states();

        assertThat(trio.failure(c, trio.shown().withAnotherPin())).isEqualTo("wrong-key");
        assertThat(trio.failure(c, trio.shown().withAnotherOtp())).isEqualTo("token-refused");

        assertThat(trio.states()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void noTokenAndNoPasswordStandsInAnyFile() throws Exception {
        assertThat(trio.tokens()).hasSizeGreaterThan(20);
        a.stop(); // in order: with whatever a host writes at its end
        b.kill();
        c.kill();
        int files = 0;
        for (Agent agent : trio.agents()) {
            for (Path file : filesOf(agent)) {
                String content = text(Files.readAllBytes(file));
                for (Pasted token : trio.tokens()) {
                    token.secrets()
                            .forEach(
                                    (name, secret) ->
                                            assertThat(content.contains(text(secret)))
                                                    .as(name + " in " + file)
                                                    .isFalse());
                }
                files++;
            }
        }
        assertThat(files).isGreaterThan(30);
    }

    /** Where in the exchange what goes over the wire, as a link that nobody disturbs shows it. */
    private static Map<String, Spot> spots(Pasted token) throws IOException {
        Map<String, Spot> spots = new LinkedHashMap<>();
        try (Relay relay = Relay.opaque(a.files().tls())) {
            trio.link(b, token.at(relay.port()));
            spots.put("client hello", new Spot(0, Way.TO_LEADER, 0));
            spots.put("server hello", new Spot(0, Way.TO_FOLLOWER, 0));
            spots.put("proof of the leader's key", relay.last(0, Way.TO_FOLLOWER, 4));
            spots.put("proof of the follower's key", relay.last(0, Way.TO_LEADER, 3));
            spots.put("greeting", relay.last(0, Way.TO_FOLLOWER, 2));
            spots.put("hello", relay.last(0, Way.TO_LEADER, 1));
            spots.put("welcome", relay.last(0, Way.TO_FOLLOWER, 1));
            spots.put("prove", relay.last(0, Way.TO_LEADER, 0));
            spots.put("admitted", relay.last(0, Way.TO_FOLLOWER, 0));
        }
        trio.unlink(b);
        return spots;
    }

    /** The public key's own bytes, as they stand in a certificate. */
    private static String key(Agent agent) throws Exception {
        byte[] spki = HostKey.stolenFrom(agent).certificate().getPublicKey().getEncoded();
        return text(spki).substring(spki.length - 64);
    }

    private static List<Path> filesOf(Agent agent) throws IOException {
        try (Stream<Path> all = Files.walk(agent.base())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(agent.base().resolve("data/identity")))
                    .toList();
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** Bytes as text, a letter each. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
