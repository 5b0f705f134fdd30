package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A follower without its leader, a leader whose group was taken over, and what was set aside. */
class LeaderLostTest {
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
    void aFollowerSaysForHowLongItsLeaderIsLostAndWhyItMayNotTakeOverYet() throws Exception {
        agent.scene.set("leader-lost");
        browser.open("/hosts");

        browser.see("Linked to edge-1", "edge-1 has not answered for");
        assertThat(browser.disabled("Take over")).isTrue();
        assertThat(browser.why("Take over")).contains("lost for 30 s");
        assertThat(browser.disabled("Unlink")).isFalse();
    }

    @Test
    void takeOverShowsItsPlanAndMakesThisHostTheLeader() throws Exception {
        agent.scene.set("leader-gone");
        browser.open("/hosts");
        browser.see("2 min");

        browser.press("Take over");
        browser.see("Take over this group?", "Becomes the leader in generation 2");
        browser.see("Becomes a follower of edge-2 when it returns.", "What stays");
        browser.press("Confirm");

        browser.see("This host leads", "Stop token generation");
        assertThat(browser.has("Take over")).isFalse();
    }

    @Test
    void theWarningGoesWhenTheLeaderAnswersAgain() throws Exception {
        agent.scene.set("leader-gone");
        browser.open("/hosts");
        browser.see("edge-1 has not answered for");

        agent.scene.set("follower");

        browser.seeNo("has not answered for");
    }

    @Test
    void aChallengedLeaderNamesWhoTookOverAndHowManyFollow() throws Exception {
        agent.scene.set("challenged");
        browser.open("/hosts");

        browser.see(
                "edge-2 has taken over this group (generation 2): 1 of 3 hosts follow it.",
                "This host accepts no changes until it follows or takes over.",
                "No tokens are made until this host follows or takes over.");
        browser.press("Take over");
        browser.see("Take over this group?", "leads on in a generation above 2");
        browser.press("Cancel");
        browser.press("Follow edge-2");
        browser.see("Follow edge-2?", "2 entries that it alone accepted are set aside.");
        browser.press("Confirm");

        browser.see("Linked to edge-2");
        assertThat(browser.has("Take over")).isFalse();
    }

    @Test
    void whatWasSetAsideIsListedUntilItIsDeleted() throws Exception {
        agent.scene.set("yielded");
        browser.open("/hosts");

        browser.see("Set aside", "site-maps.bin (3.21 GiB)", "by admin on edge-1");
        browser.see("edge-9 was admitted", "by maria on edge-1");
        assertThat(browser.button("site-maps.bin").getAttribute("href"))
                .startsWith("/api/v1/content/sha256:34b6852c")
                .endsWith("/data");
        browser.press("Delete");
        browser.see("2 entries of generation 1 are removed from this host for good.");
        browser.press("Confirm");

        browser.seeNo("Set aside");
    }

    @Test
    void whoIsNoAdminSeesThatSomethingWasSetAsideButNotWhat() throws Exception {
        agent.scene.set("yielded-operator");
        browser.open("/hosts");

        browser.see("Set aside", "2 entries.", "Only admins see what exactly.");
        assertThat(browser.text()).doesNotContain("site-maps.bin (3.21 GiB)");
        assertThat(browser.why("Delete")).isEqualTo("Only an admin may delete it.");
    }

    @Test
    void theOverviewSendsToWhatTheLostLeaderNeeds() throws Exception {
        agent.scene.set("leader-gone");
        browser.open("/");

        browser.see("edge-1 does not answer", "another host takes over");
    }

    @Test
    void pastLinksAreListedWithTheirCause() throws Exception {
        agent.scene.set("past-links");
        browser.open("/hosts");

        browser.see("Links of this host", "Link to edge-1", "Completed", "Failed");
        browser.see("edge-3 was linked with it 40 s ago.");
        browser.press("Steps of the link to edge-1");
        browser.see("Prove the token");
    }
}
