package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstRunTest {
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
    void theSetupCodeMakesTheFirstAdminAndSignsIn() throws Exception {
        agent.scene.set("first-run");
        browser.open("/");
        browser.see("Set up this host", "edge-1", "Key fingerprint");

        browser.type("Setup code", "K7QF-2M4X");
        browser.type("Password", "correct horse battery");
        browser.type("Password again", "correct horse battery");
        browser.press("Create admin");

        browser.see("Lead a group, or join one");
    }

    @Test
    void aWrongSetupCodeIsToldWithItsFix() throws Exception {
        agent.scene.set("first-run");
        browser.open("/");

        browser.type("Setup code", "WRONG");
        browser.type("Password", "correct horse battery");
        browser.type("Password again", "correct horse battery");
        browser.press("Create admin");

        browser.see("The setup code is wrong", "data/ui/setup-code on the host.");
    }

    @Test
    void twoPasswordsThatDifferAreNotSent() throws Exception {
        agent.scene.set("first-run");
        browser.open("/");

        browser.type("Password", "correct horse battery");
        browser.type("Password again", "correct horse");

        assertThat(browser.why("Create admin")).isEqualTo("The two passwords differ.");
    }

    @Test
    void signInSaysWhichHostItIsAndOpensThePageThatWasAskedFor() throws Exception {
        agent.scene.set("signed-out");
        browser.open("/hosts");
        browser.see("Sign in", "edge-1", "mzxw6 ytboi");

        browser.type("Name", "admin");
        browser.type("Password", "correct horse battery");
        browser.press("Sign in");

        browser.see("Linked Edge Hosts", "Generate token");
    }

    @Test
    void aWrongPasswordIsToldWithItsFix() throws Exception {
        agent.scene.set("signed-out");
        browser.open("/");

        browser.type("Name", "admin");
        browser.type("Password", "guess");
        browser.press("Sign in");

        browser.see("Wrong name or password", "Try again.");
    }

    @Test
    void signOutLeadsBackToSignIn() throws Exception {
        browser.open("/");

        browser.press("User admin");
        browser.press("Sign out");

        browser.see("Sign in", "Password");
    }
}
