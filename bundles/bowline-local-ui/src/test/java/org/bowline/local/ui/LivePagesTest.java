package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivePagesTest {
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
    void aChangeOnAnotherHostShowsWithoutAClick() throws Exception {
        browser.open("/hosts");
        browser.see("Standalone");

        agent.scene.set("leader");

        browser.see("edge-2", "edge-3", "edge-4-warehouse");
    }

    @Test
    void aPageThatOutlivesAnUpdateOfTheLocalUiOffersToReload() throws Exception {
        browser.open("/hosts");
        browser.see("Live");
        assertThat(browser.has("Reload")).isFalse();

        browser.updateTo("<head></head><script defer src=\"/assets/app-NEWER.js\"></script>");
        agent.scene.end();

        browser.see("Local UI was updated", "Live");
        assertThat(browser.has("Reload")).isTrue();
    }

    @Test
    void aSessionThatEndedLeadsToSignIn() throws Exception {
        browser.open("/hosts");
        browser.see("Live");

        agent.scene.set("signed-out");
        agent.scene.end();

        browser.see("Sign in", "Password");
    }
}
