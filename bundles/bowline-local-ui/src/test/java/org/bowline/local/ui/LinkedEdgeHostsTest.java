package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkedEdgeHostsTest {
    private StandIn agent;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        agent = new StandIn(0);
        browser = new Browser(agent.url());
    }

    @AfterEach
    void end() throws Exception {
        browser.close();
        agent.close();
    }

    @Test
    void theMainMenuLeadsToTheTableOfThisHostAlone() throws Exception {
        browser.open("/");

        browser.press("Linked Edge Hosts");

        browser.see("Lead a group", "Join a group", "This host");
        assertThat(browser.rows("This host"))
                .hasSize(2)
                .last()
                .isEqualTo(
                        "192.0.2.10 | edge-1 this host | Standalone | Ready | Synced | Healthy"
                                + " | 0.1.0 | now");
    }

    @Test
    void generateTokenShowsATokenToCopyUntilItIsStopped() throws Exception {
        browser.open("/hosts");

        browser.press("Generate token");

        browser.see("eyJ2IjoxLCJpcCI6", "Copy", "works once", "holds 192.0.2.10", "expires");
        browser.press("Stop token generation");
        browser.see("Stop token generation?", "the token shown now dies at once");
        browser.press("Confirm");
        browser.see("Lead a group", "Link this device to another");
        assertThat(browser.text()).doesNotContain("eyJ2IjoxLCJpcCI6");
    }

    @Test
    void stopTokenGenerationIsRedAndSaysWhyItIsDisabled() throws Exception {
        agent.scene.set("leader");
        browser.open("/hosts");

        assertThat(browser.button("Stop token generation").getAttribute("class"))
                .contains("danger");
        assertThat(browser.disabled("Stop token generation")).isTrue();
        assertThat(browser.why("Stop token generation"))
                .contains("The leader still has followers", "Unlink all followers first.");
    }

    @Test
    void whereMultiNodeIsOffBothWaysAreClosedWithTheReason() throws Exception {
        agent.scene.set("disabled");
        browser.open("/hosts");

        for (String button : new String[] {"Generate token", "Link this device to another"}) {
            assertThat(browser.disabled(button)).isTrue();
            assertThat(browser.why(button))
                    .contains("Multi-node is not enabled", "Set stylus.enableMultiNode: true");
        }
    }

    @Test
    void theLeaderSeesEveryHostWithWhatIsAmissAndWhoIsJoining() throws Exception {
        agent.scene.set("leader");
        browser.open("/hosts");

        browser.see("Joining now", "edge-5", "InProgress", "edge-6", "Failed");
        assertThat(browser.rows("Hosts"))
                .hasSize(5)
                .anySatisfy(row -> assertThat(row).contains("edge-2", "Syncing 83 %"))
                .anySatisfy(row -> assertThat(row).contains("edge-3", "Worker", "In-Use"))
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .contains("edge-4", "Not Synced", "The store is full")
                                        .contains("Unreachable", "Check that it runs"));
    }

    @Test
    void theLeaderUnlinksAFollowerFromTheMenuBesideItsAddress() throws Exception {
        agent.scene.set("leader");
        browser.open("/hosts");

        browser.press("Actions for edge-2");
        browser.press("Unlink");
        browser.see("Unlink edge-2?", "It keeps the content it holds");
        browser.press("Confirm");

        browser.seeNo("edge-2");
        assertThat(browser.disabled("Stop token generation")).isFalse();
    }

    @Test
    void aHostInUseCannotBeUnlinkedAndTheMenuSaysWhy() throws Exception {
        agent.scene.set("leader");
        browser.open("/hosts");

        browser.press("Actions for edge-3");

        assertThat(browser.disabled("Unlink")).isTrue();
        assertThat(browser.why("Unlink")).contains("Scale down the cluster first.");
    }

    @Test
    void aFollowerUnlinksItselfFromTheUpperRight() throws Exception {
        agent.scene.set("follower");
        browser.open("/hosts");
        browser.see("Linked to edge-1", "edge-3");
        assertThat(browser.has("Stop token generation")).isFalse();

        browser.press("Unlink");
        browser.see("Unlink edge-2?");
        browser.press("Confirm");

        browser.see("Lead a group", "Link this device to another");
    }

    @Test
    void aFollowersMenuSendsToTheLeaderForOtherHosts() throws Exception {
        agent.scene.set("follower");
        browser.open("/hosts");

        browser.press("Actions for edge-3");

        assertThat(browser.why("Unlink")).contains("The leader is edge-1 at 192.0.2.10.");
    }
}
