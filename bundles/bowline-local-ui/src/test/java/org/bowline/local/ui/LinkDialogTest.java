package org.bowline.local.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkDialogTest {
    private StandIn agent;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        agent = new StandIn(0);
        browser = new Browser(agent.url());
        browser.open("/hosts");
        browser.press("Link this device to another");
    }

    @AfterEach
    void end() throws Exception {
        browser.close();
        agent.close();
    }

    private static String token(String key) {
        String json = "{\"v\":1,\"ip\":[\"192.0.2.10\"],\"key\":\"" + key + "\"}";
        return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    }

    @Test
    void aGoodTokenShowsWhatIsJoinedBeforeConfirmAndTheStepsAfterIt() throws Exception {
        browser.type("Token", token("good"));
        browser.see("A token of the leader at 192.0.2.10", "edge-1 at 192.0.2.10:5082");
        browser.see("Same OS", "2 bundles, 214 MiB: site-photos.tar, notes.txt", "s left");

        browser.press("Confirm");

        browser.see("Reach the leader", "Be admitted by the group", "InProgress");
        agent.scene.set("follower");
        browser.see("Linked to edge-1", "First sync");
        browser.press("Done");
        browser.seeNo("First sync");
        assertThat(browser.rows("Hosts")).hasSize(4);
    }

    @Test
    void aRefusedLinkNamesItsCauseAndThatNothingWasChanged() throws Exception {
        browser.type("Token", token("good"));
        browser.see("Checks");
        browser.press("Confirm");
        browser.see("Reach the leader"); // else the link itself may come after what it led to

        agent.scene.set("link-failed");

        browser.see("The token was already used", "Nothing was changed on either host.");
    }

    @Test
    void anExpiredTokenIsToldExactlyAndCannotBeConfirmed() throws Exception {
        browser.type("Token", token("expired"));

        browser.see("The token has expired", "It expired 12 s ago.");
        browser.see("Use the token that the leader shows now.");
        assertThat(browser.why("Confirm")).contains("The token has expired");
    }

    @Test
    void aCheckThatFailsKeepsConfirmDisabledWithItsReason() throws Exception {
        browser.type("Token", token("other"));

        browser.see("edge-1 runs debian 12, this host ubuntu 24.04.");
        assertThat(browser.disabled("Confirm")).isTrue();
        assertThat(browser.why("Confirm")).contains("The hosts run different operating systems");
    }

    @Test
    void garbageIsToldBeforeAnythingIsSent() {
        browser.type("Token", "hello, world");

        browser.see("This is not a token: it is not base64.");
        assertThat(browser.disabled("Confirm")).isTrue();
    }

    @Test
    void withoutATokenConfirmSaysSo() {
        assertThat(browser.why("Confirm")).isEqualTo("Paste a token first.");
    }
}
