package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private StandIn agent;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        agent = new StandIn(0);
        agent.scene.set("activity");
        browser = new Browser(agent.url());
    }

    @AfterEach
    void end() throws Exception {
        browser.close();
        agent.close();
    }

    @Test
    void theMainMenuLeadsToActsAndOperationsOnOneTimeLine() throws Exception {
        browser.open("/");
        browser.press("Activity");

        browser.see("Host admitted edge-2 at 192.0.2.11", "by admin (rest) on edge-1 · link.admit");
        browser.see("Linked to edge-1 at 192.0.2.10.", "by maria (shell) on edge-2");
        browser.see("Refused: token-expired", "Failed: store-full");
        browser.see("Link to 192.0.2.10", "The token was already used");
        assertThat(browser.text())
                .containsSubsequence(
                        "but a cluster uses it.",
                        "edge-2 at 192.0.2.11 was admitted",
                        "Generates tokens from now on.",
                        "Link to 192.0.2.10",
                        "the store is full.");
    }

    @Test
    void hostsWhoseLinesAreMissingAreNamed() throws Exception {
        browser.open("/activity");

        browser.see("Not all hosts are in this list");
        browser.see("Lines of edge-4-warehouse are missing: no answer at 192.0.2.13:5082");
    }

    @Test
    void olderLinesComeOnDemand() throws Exception {
        browser.open("/activity");
        browser.see("Generates tokens");
        assertThat(browser.text()).doesNotContain("provider-k3s");

        browser.press("Show older");

        browser.see("provider-k3s-1.34.tar was uploaded.", "From 192.0.2.99");
        browser.see("Generates tokens");
        assertThat(browser.has("Show older")).isFalse();
    }

    @Test
    void filtersNarrowTheListByActActorOutcomeAndHost() throws Exception {
        browser.open("/activity");
        browser.see("Generates tokens");

        browser.pick("Outcome", "Refused");
        browser.seeNo("Generates tokens");
        browser.see("Refused: in-use", "Refused: token-expired");
        browser.press("Show all");
        browser.pick("Actor", "maria");
        browser.seeNo("Generates tokens");
        browser.see("Linked to edge-1 at 192.0.2.10.");
        browser.press("Show all");
        browser.pick("Act", "leader.start");
        browser.seeNo("From 192.0.2.77");
        browser.see("Generates tokens");
        browser.press("Show all");
        browser.pick("Act", "all of link");
        browser.seeNo("From 192.0.2.77");
        browser.see("Linked to edge-1 at 192.0.2.10.", "Refused: token-expired");
        browser.press("Show all");
        browser.pick("Host", "edge-2");
        browser.seeNo("Generates tokens");
        browser.see("From 192.0.2.77");
    }

    @Test
    void theExportIsTheListAsItIsFiltered() throws Exception {
        browser.open("/activity");
        browser.see("Generates tokens");
        browser.pick("Outcome", "Refused");
        browser.seeNo("Generates tokens");

        assertThat(browser.button("Export").getAttribute("href"))
                .isEqualTo("/api/v1/audit?format=jsonl&host=all&outcome=refused");
        browser.press("Show all");
        browser.pick("Host", "edge-2");
        browser.seeNo("Generates tokens");
        assertThat(browser.button("Export").getAttribute("href"))
                .matches("/api/v1/audit\\?format=jsonl&host=[a-z2-7]{26}");
    }

    @Test
    void aLogThatIsWholeSaysSoAndOneThatIsNotNamesItsFaults() throws Exception {
        browser.open("/activity");

        browser.press("Verify the log of edge-1");
        browser.see("Whole", "Lines 1 to 412");
        browser.press("Verify the log of edge-2");
        browser.see("2 faults", "Line 30 names another hash than line 29 has.");
        browser.press("Verify the log of edge-4-warehouse");
        browser.see("Not verified", "No answer at 192.0.2.13:5082");
    }

    @Test
    void aLineShowsItsNumberAndHashOnDemand() throws Exception {
        browser.open("/activity");

        browser.press("Details of line 411 of edge-1");

        browser.see("number 411 of edge-1", "Hash");
    }

    @Test
    void aRoleThatMayNotReadTheLogIsToldSo() throws Exception {
        agent.scene.set("viewer");
        browser.open("/activity");

        browser.see("The audit log is not shown to your role", "Ask an admin.");
        browser.see("Link to 192.0.2.10");
        assertThat(browser.has("Export")).isFalse();
    }
}
