package org.bowline.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.time.Duration;
import org.bowline.itests.Agent;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Places;
import org.bowline.itests.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three packed agents, of which a person sees two die: Activity, Run check, Forget, Take over. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostHostsIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String IP = "127.0.0.1";
    private static final Duration LINK = Duration.ofSeconds(30);
    private static final Duration LOST = Duration.ofSeconds(60); // 30 s of silence, and to see it

    private static Site site;
    private static Agent alpha;
    private static Agent beta;
    private static Agent gamma;
    private static Chromium chromium;
    private static LocalUi a;
    private static LocalUi b;
    private static LocalUi c;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("browser-lost");
        alpha = site.start(files("alpha"));
        beta = site.start(files("beta"));
        gamma = site.start(files("gamma"));
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
        Site.link(beta, Site.token(alpha), LINK);
        Site.link(gamma, Site.token(alpha), LINK);
        chromium = new Chromium();
        a = signedIn(alpha);
        b = signedIn(beta);
        c = signedIn(gamma);
    }

    private static AgentFiles files(String name) throws Exception {
        return new AgentFiles(
                name,
                IP,
                AgentFiles.freePort(IP),
                AgentFiles.freePort(IP),
                AgentFiles.hash(PASSWORD),
                AgentFiles.secret(),
                "");
    }

    private static LocalUi signedIn(Agent agent) {
        LocalUi ui = chromium.open(agent.url());
        ui.go("/hosts");
        ui.signInAgain(PASSWORD);
        ui.see("Last contact");
        return ui;
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        site.close();
    }

    @Test
    @Order(1)
    void activityShowsWhatWasDoneOnEveryHost() {
        a.menu("Activity");

        a.seeRefreshed("link.join", "leader.start", "session.open");
        a.seeRefreshed("on alpha", "on beta", "on gamma");
        a.press("Verify the log of alpha");
        a.press("Verify the log of gamma");
        a.see("Whole");
        a.look("activity");
    }

    @Test
    @Order(2)
    void aFollowersActivityHasItsOwnLinkWithItsSteps() {
        b.menu("Activity");

        b.see("Link to alpha", "Completed");
        b.press("Steps of the link to alpha");
        b.look("activity-follower");
        b.menu("Linked Edge Hosts");
        b.see("Links of this host");
    }

    @Test
    @Order(3)
    void aHostThatAnswersIsCheckedButNotForgotten() {
        a.menu("Linked Edge Hosts");
        a.act("gamma", "Run check");
        a.see("Check of gamma", "answered in", "Where it stands");
        a.look("check-reachable");
        a.press("Close");

        a.press("Actions for gamma");
        assertThat(a.entry("Forget")).hasAttribute("aria-disabled", "true");
        a.see("The host can be reached");
        a.press("Actions for gamma");
    }

    @Test
    @Order(4)
    void aHostThatWillNotReturnIsForgotten() throws Exception {
        gamma.kill();
        a.seeRow("gamma", "Unreachable since");
        a.act("gamma", "Run check");
        a.see("gamma did not answer.");
        a.look("check-unreachable");
        a.press("Close");

        a.act("gamma", "Forget");
        a.see("Forget gamma?", "What changes", "What stays");
        a.look("forget");
        a.press("Confirm");

        a.seeNoRow("gamma");
        b.seeNoRow("gamma");
    }

    @Test
    @Order(5)
    void aForgottenHostThatReturnsLearnsThatItIsOut() throws Exception {
        gamma.start().awaitReady();
        c.go("/hosts");
        c.signInAgain(PASSWORD);

        c.see("Lead a group", "Link this device to another");
        a.seeNoRow("gamma");
    }

    @Test
    @Order(6)
    void aFollowerWhoseLeaderIsLostTakesOver() throws Exception {
        alpha.kill();
        b.see("Linked to alpha", "alpha has not answered for");
        assertThat(b.button("Take over")).hasAttribute("aria-disabled", "true");
        b.look("leader-lost");

        b.awaitOpen("Take over", LOST);
        b.press("Take over");
        b.see("Take over this group?", "What changes", "What stays");
        b.look("take-over");
        b.press("Confirm");

        b.see("This host leads", "Stop token generation");
        b.seeRow("beta", "Leader");
        b.seeRow("alpha", "Follower", "Unreachable since");
        b.look("took-over");
    }

    @Test
    @Order(7)
    void theOldLeaderReturnsAsAFollower() throws Exception {
        alpha.start().awaitReady();
        a.go("/hosts");
        a.signInAgain(PASSWORD);

        a.see("Linked to beta");
        a.seeRow("beta", "Leader", "Healthy");
        b.seeRow("alpha", "Follower", "Healthy");
        a.look("old-leader");
    }

    @Test
    @Order(8)
    void activityTellsOfForgetAndTakeover() {
        b.menu("Activity");

        b.seeRefreshed("leader.takeover", "link.forget");
        b.look("activity-takeover");
    }
}
