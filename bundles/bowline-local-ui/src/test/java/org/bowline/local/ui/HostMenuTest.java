package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three-dot menu beside an IP address, and what the row says. */
class HostMenuTest {
    private StandIn agent;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        agent = new StandIn(0);
        agent.scene.set("leader");
        browser = new Browser(agent.url());
        browser.open("/hosts");
    }

    @AfterEach
    void end() throws Exception {
        browser.close();
        agent.close();
    }

    @Test
    void aHostThatMovedShowsItsOldAndItsNewAddress() throws Exception {
        browser.see("moved");

        assertThat(browser.rows("Hosts"))
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .startsWith("192.0.2.41 → 192.0.2.11")
                                        .contains("edge-2", "same key"));
        browser.press("Actions for edge-2");
        browser.press("Details");
        browser.see("Its key is the same, so it is trusted as before.");
    }

    @Test
    void anUnreachableHostSaysSinceWhen() {
        browser.see("Unreachable since");
    }

    @Test
    void unlinkShowsWhatChangesOnWhichHostAndWhatStays() throws Exception {
        browser.press("Actions for edge-2");
        browser.press("Unlink");

        browser.see("Unlink edge-2?", "What changes", "Becomes standalone", "What stays");
        browser.see("edge-3 and edge-4-warehouse stay linked.");
        browser.press("Cancel");
        assertThat(browser.text()).contains("edge-2");
    }

    @Test
    void anActWhosePlanIsRefusedCannotBeConfirmed() throws Exception {
        agent.scene.set("plan-refused");
        browser.press("Actions for edge-2");
        browser.press("Unlink");

        browser.see("The host is in use by a cluster", "Scale down the cluster first.");
        assertThat(browser.disabled("Confirm")).isTrue();
        assertThat(browser.why("Confirm")).contains("Scale down the cluster first.");
    }

    @Test
    void forgetNamesTheHostAndItsEffectBeforeItIsDone() throws Exception {
        browser.press("Actions for edge-4-warehouse");
        browser.press("Forget");

        browser.see("Forget edge-4-warehouse?", "is taken out of the group for good");
        browser.see("What edge-4-warehouse holds stays there.", "it needs a new token");
        browser.press("Confirm");

        browser.seeNo("192.0.2.13 ");
        assertThat(browser.rows("Hosts")).noneMatch(row -> row.contains("edge-4-warehouse"));
    }

    @Test
    void aHostThatAnswersCannotBeForgottenAndTheMenuSaysWhy() throws Exception {
        browser.press("Actions for edge-2");

        assertThat(browser.disabled("Forget")).isTrue();
        assertThat(browser.why("Forget")).contains("The host can be reached", "Unlink it instead");
    }

    @Test
    void runCheckShowsEachAddressWithItsTimeErrorAndFix() throws Exception {
        browser.press("Actions for edge-4-warehouse");
        browser.press("Run check");

        browser.see("Check of edge-4-warehouse", "192.0.2.13:5082", "Connection timed out.");
        browser.see("After 3004 ms", "Check that it runs", "answered in 4 ms");
        browser.see("edge-4-warehouse follows edge-1 in generation 1");
    }

    @Test
    void thisHostIsNotCheckedFromItself() throws Exception {
        browser.press("Actions for edge-1");

        assertThat(browser.disabled("Run check")).isTrue();
        assertThat(browser.why("Run check")).contains("this very host");
    }

    @Test
    void joiningNowShowsWhoOnlyLookedAndTheChecksOnDemand() throws Exception {
        browser.see("edge-7", "Pending", "only looked", "edge-6", "Failed");
        assertThat(browser.text()).doesNotContain("192.0.2.11:5082");

        browser.press("Checks of edge-6");

        browser.see("Reachable from the leader", "edge-6 ubuntu 24.04.");
    }
}
