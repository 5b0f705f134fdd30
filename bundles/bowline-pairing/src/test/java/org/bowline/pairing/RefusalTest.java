package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.DeploymentMode;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.pairing.Reason;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal has its named cause, and leaves both hosts as they were. */
class RefusalTest {
    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;

    @BeforeEach
    void twoHosts() throws IOException {
        lan = new Lan(data);
        a = lan.host("a");
        b = lan.host("b");
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    static Stream<Arguments> unfit() {
        HostFacts fit = TestHost.linkableFacts("b");
        return Stream.of(
                Arguments.of(
                        Refusal.DEPLOYMENT_MODE_DIFFERS,
                        facts(fit, "0.1.0", DeploymentMode.APPLIANCE, "debian", "12")),
                Arguments.of(
                        Refusal.OS_DIFFERS,
                        facts(fit, "0.1.0", DeploymentMode.AGENT, "rhel", "12")),
                Arguments.of(
                        Refusal.OS_DIFFERS,
                        facts(fit, "0.1.0", DeploymentMode.AGENT, "debian", "13")),
                Arguments.of(
                        Refusal.VERSION_INCOMPATIBLE,
                        facts(fit, "1.0.0", DeploymentMode.AGENT, "debian", "12")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void hostsThatDoNotFitAreRefusedOnBothSides(Refusal expected, HostFacts facts)
            throws IOException {
        String token = a.lead();
        b.describe(at(b.host.facts(), facts));
        String before = a.state() + b.state();

        Operation operation = b.link(token);

        assertFailed(operation, expected);
        assertThat(a.pairing().leader().joining())
                .extracting(joining -> joining.reason().map(Reason::refusal).orElseThrow())
                .containsExactly(expected);
        assertThat(a.state() + b.state()).isEqualTo(before);
        assertThat(a.token()).as("the token was not used up").isEqualTo(token);
        assertThat(b.pairing().preview(token).passed()).isFalse();
    }

    @Test
    void appliancesMayRunWhatTheyWant() throws IOException {
        a.describe(facts(a.host.facts(), "0.1.0", DeploymentMode.APPLIANCE, "debian", "12"));
        b.describe(facts(b.host.facts(), "0.1.0", DeploymentMode.APPLIANCE, "ubuntu", "24.04"));

        assertThat(b.link(a.lead()).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void withoutMultiNodeAHostNeitherLeadsNorLinks() throws IOException {
        refusesByItself(Refusal.MULTI_NODE_DISABLED, false, HostFacts.AIRGAP);
    }

    @Test
    void inAnotherInstallationModeAHostNeitherLeadsNorLinks() throws IOException {
        refusesByItself(Refusal.NOT_AIRGAP, true, "connected");
    }

    private void refusesByItself(Refusal expected, boolean multiNode, String mode)
            throws IOException {
        String token = a.lead();
        HostFacts was = b.host.facts();
        b.describe(
                new HostFacts(
                        was.name(),
                        was.version(),
                        was.deploymentMode(),
                        was.osId(),
                        was.osVersionId(),
                        multiNode,
                        mode,
                        was.endpoints(),
                        was.uiPort(),
                        was.workload()));
        String before = a.state() + b.state();

        assertThat(refusal(() -> b.pairing().startLeading(Box.OPERATOR))).isEqualTo(expected);
        assertThat(refusal(() -> b.pairing().link(token, Box.OPERATOR))).isEqualTo(expected);
        assertThat(b.pairing().leader().cannotStart().map(Reason::refusal)).contains(expected);
        assertThat(b.pairing().link().cannotLink().map(Reason::refusal)).contains(expected);
        assertThat(b.dialled).hasValue(0);
        assertThat(a.state() + b.state()).isEqualTo(before);
    }

    @Test
    void aHostWithAClusterWorkloadIsNotTakenInButMayLead() throws IOException {
        b.describe(withWorkload(b.host.facts(), "k3s (/etc/rancher/k3s/k3s.yaml)"));
        String token = a.lead();
        String before = a.state() + b.state();

        Operation operation = b.link(token);

        assertFailed(operation, Refusal.HAS_WORKLOAD);
        assertThat(operation.reason().orElseThrow().detail()).contains("k3s", "b");
        assertThat(a.pairing().leader().joining().get(0).reason().orElseThrow().refusal())
                .isEqualTo(Refusal.HAS_WORKLOAD);
        assertThat(a.state() + b.state()).isEqualTo(before);
        assertThat(b.lead()).isNotBlank();
    }

    private static HostFacts withWorkload(HostFacts base, String workload) {
        return new HostFacts(
                base.name(),
                base.version(),
                base.deploymentMode(),
                base.osId(),
                base.osVersionId(),
                base.multiNode(),
                base.installationMode(),
                base.endpoints(),
                base.uiPort(),
                workload);
    }

    @Test
    void aLeaderWhoseDescriptionChangedTakesNobodyIn() throws IOException {
        String token = a.lead();
        a.describe(facts(a.host.facts(), "0.1.0", DeploymentMode.AGENT, "alpine", "3"));

        assertFailed(b.link(token), Refusal.OS_DIFFERS);
    }

    @Test
    void itsOwnTokenIsRefusedWithoutAPacket() throws IOException {
        String token = a.lead();
        String before = a.state();

        assertThat(refusal(() -> a.pairing().link(token, Box.OPERATOR)))
                .isEqualTo(Refusal.TOKEN_OWN);
        assertThat(refusal(() -> a.pairing().preview(token))).isEqualTo(Refusal.TOKEN_OWN);
        assertThat(a.dialled).hasValue(0);
        assertThat(a.state()).isEqualTo(before);
    }

    @Test
    void aFollowerIsNotLinkedASecondTime() throws IOException {
        Box c = lan.host("c");
        b.link(a.lead());
        String other = c.lead();
        String before = a.state() + b.state() + c.state();

        assertThat(refusal(() -> b.pairing().link(other, Box.OPERATOR)))
                .isEqualTo(Refusal.ALREADY_FOLLOWER);
        assertThat(refusal(() -> b.pairing().startLeading(Box.OPERATOR)))
                .isEqualTo(Refusal.ALREADY_FOLLOWER);
        assertThat(a.state() + b.state() + c.state()).isEqualTo(before);
    }

    @Test
    void aLeaderIsNotLinked() throws IOException {
        String token = a.lead();
        b.lead();
        String before = a.state() + b.state();

        RefusedException why =
                catchThrowableOfType(
                        RefusedException.class, () -> b.pairing().link(token, Box.OPERATOR));

        assertThat(why.refusal()).isEqualTo(Refusal.IS_LEADER);
        assertThat(why.refusal().fix()).contains("Stop token generation");
        assertThat(a.state() + b.state()).isEqualTo(before);
    }

    @Test
    void aSecondLinkWaitsForTheFirst() throws Exception {
        String token = a.lead();
        java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
        b.beforeDialling = go::await;
        b.pairing().link(token, Box.OPERATOR);

        assertThat(refusal(() -> b.pairing().link(token, Box.OPERATOR)))
                .isEqualTo(Refusal.LINK_IN_PROGRESS);
        assertThat(refusal(() -> b.pairing().startLeading(Box.OPERATOR)))
                .isEqualTo(Refusal.LINK_IN_PROGRESS);
        assertThat(b.pairing().link().cannotLink().map(Reason::refusal))
                .contains(Refusal.LINK_IN_PROGRESS);
        go.countDown();
        assertThat(b.ended().status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void anExpiredTokenIsNamedWithItsAge() throws IOException {
        String token = a.lead();
        a.time.pass(120);
        a.token();
        a.time.pass(12);
        String before = a.state() + b.state();

        Operation operation = b.link(token);

        assertFailed(operation, Refusal.TOKEN_EXPIRED);
        assertThat(operation.reason().orElseThrow().detail()).isEqualTo("It expired 12 s ago");
        assertThat(a.state() + b.state()).isEqualTo(before);
    }

    @Test
    void theClockOfTheJoiningHostChangesNothing() throws IOException {
        String token = a.lead();
        b.time.setWall(3 * 3600);
        b.time.pass(500);
        a.time.pass(119);

        assertThat(b.link(token).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void aUsedTokenIsNamed() throws IOException {
        Box c = lan.host("c");
        String token = a.lead();
        b.link(token);
        String before = a.state() + c.state();

        assertFailed(c.link(token), Refusal.TOKEN_USED);
        assertThat(a.state() + c.state()).isEqualTo(before);
    }

    @Test
    void aTokenOfBeforeTheRestartIsUnknownAndAnotherStandsThere() throws IOException {
        String token = a.lead();

        a.restart();

        assertThat(a.pairing().leader().leading()).isTrue();
        assertThat(a.token()).isNotEqualTo(token);
        Operation operation = b.link(token);
        assertFailed(operation, Refusal.TOKEN_UNKNOWN);
        assertThat(operation.reason().orElseThrow().fix()).contains("shows now");
    }

    @Test
    void aTokenIsDeadWhenGenerationStops() throws IOException {
        String token = a.lead();

        a.pairing().stopLeading(Box.OPERATOR);

        assertFailed(b.link(token), Refusal.TOKEN_UNKNOWN);
    }

    @Test
    void theCauseOfADeadTokenIsToldToNobodyWhoDoesNotProveIt() throws IOException {
        String token = a.lead();
        a.time.pass(200);
        a.token();
        Token wrong = Joiner.flipped(token);

        assertThat(refusal(() -> Joiner.look(b, wrong))).isEqualTo(Refusal.TOKEN_REFUSED);
    }

    @Test
    void nobodyAtAnyAddressIsNamedWithEachAddressAndError() throws IOException {
        Token token = Joiner.read(a.lead());
        Token nowhere =
                new Token(
                        List.of("127.0.0.1", "127.0.0.2"),
                        Map.of("loopback", 60_000),
                        token.group(),
                        token.id(),
                        token.issuer(),
                        token.otp());

        Operation operation = b.link(new TokenText().write(nowhere));

        assertFailed(operation, Refusal.LEADER_UNREACHABLE);
        assertThat(operation.reason().orElseThrow().detail())
                .contains("loopback://127.0.0.1:60000: nobody listens")
                .contains("loopback://127.0.0.2:60000: nobody listens");
    }

    @Test
    void anotherKeyAtTheAddressIsNamed() throws IOException {
        Box c = lan.host("c");
        Token token = Joiner.read(a.lead());
        Token elsewhere =
                new Token(
                        token.addresses(),
                        Map.of("loopback", c.host.facts().endpoints().get(0).port()),
                        token.group(),
                        token.id(),
                        token.issuer(),
                        token.otp());
        String before = a.state() + b.state() + c.state();

        Operation operation = b.link(new TokenText().write(elsewhere));

        assertFailed(operation, Refusal.WRONG_KEY);
        assertThat(operation.reason().orElseThrow().detail()).contains(c.id().value());
        assertThat(a.state() + b.state() + c.state()).isEqualTo(before);
    }

    @Test
    void aHostThatCannotBeReachedBackIsRefusedWithItsAddresses() throws IOException {
        Box walled = lan.hostBehindAWall("walled");
        String token = a.lead();
        String before = a.state() + walled.state();

        Operation operation = walled.link(token);

        assertFailed(operation, Refusal.FOLLOWER_UNREACHABLE);
        assertThat(operation.reason().orElseThrow().detail())
                .contains(walled.host.facts().endpoints().get(0).toString())
                .contains(walled.host.facts().endpoints().get(1).toString())
                .contains("nobody listens");
        assertThat(a.state() + walled.state()).isEqualTo(before);
    }

    private static void assertFailed(Operation operation, Refusal expected) {
        assertThat(operation.status()).isEqualTo(LinkStatus.FAILED);
        assertThat(operation.reason().map(Reason::refusal)).contains(expected);
        assertThat(operation.steps()).anyMatch(step -> step.status() == LinkStatus.FAILED);
    }

    private interface Act {
        void run() throws IOException;
    }

    private static Refusal refusal(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run).refusal();
    }

    private static HostFacts facts(
            HostFacts base, String version, DeploymentMode mode, String os, String osVersion) {
        return new HostFacts(
                base.name(),
                version,
                mode,
                os,
                osVersion,
                base.multiNode(),
                base.installationMode(),
                base.endpoints(),
                base.uiPort(),
                base.workload());
    }

    private static HostFacts at(HostFacts where, HostFacts what) {
        return new HostFacts(
                where.name(),
                what.version(),
                what.deploymentMode(),
                what.osId(),
                what.osVersionId(),
                what.multiNode(),
                what.installationMode(),
                where.endpoints(),
                where.uiPort(),
                what.workload());
    }
}
