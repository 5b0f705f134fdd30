package org.bowline.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bowline.itests.Agent;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two packed agents and a person in front of both: from the first run to the last unlink. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalUiIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String IP = "127.0.0.1";

    @TempDir private static Path folder;
    private static Site site;
    private static Agent alpha;
    private static Chromium chromium;
    private static LocalUi a;
    private static LocalUi b;

    @BeforeAll
    static void start() throws Exception {
        Path agents = Files.createDirectories(Path.of("target", "agents").toAbsolutePath());
        site =
                new Site(
                        Path.of(System.getProperty("bowline.home")),
                        Files.createTempDirectory(agents, "browser-"));
        alpha = site.start(files("alpha", ""));
        Agent beta = site.start(files("beta", AgentFiles.hash(PASSWORD)));
        alpha.awaitReady();
        beta.awaitReady();
        chromium = new Chromium();
        a = chromium.open(alpha.url());
        b = chromium.open(beta.url());
    }

    private static AgentFiles files(String name, String adminHash) throws Exception {
        return new AgentFiles(
                name,
                IP,
                AgentFiles.freePort(IP),
                AgentFiles.freePort(IP),
                adminHash,
                AgentFiles.secret(),
                "");
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
    void theSetupCodeOfTheFirstRunMakesTheAdmin() throws Exception {
        a.go("/");
        a.see("Set up this host", "alpha", "Key fingerprint");
        a.look("first-run");

        a.type("Setup code", "0000-0000-0000");
        a.type("Password", PASSWORD);
        a.type("Password again", PASSWORD);
        a.press("Create admin");
        a.see("The setup code is wrong", "Read it on the console");
        a.look("first-run-wrong-code");

        a.type("Setup code", Files.readString(alpha.base().resolve("data/ui/setup-code")));
        a.press("Create admin");
        a.see("Lead a group, or join one");
        a.look("overview");
    }

    @Test
    @Order(2)
    void theProvisionedAdminSignsIn() {
        b.go("/hosts");
        b.see("Sign in", "beta", "Key fingerprint");
        b.look("sign-in");

        b.type("Name", AgentFiles.ADMIN);
        b.type("Password", "wrong horse battery");
        b.press("Sign in");
        b.see("Wrong name or password");
        b.look("sign-in-wrong");

        b.type("Password", PASSWORD);
        b.press("Sign in");
        b.see("Lead a group", "Join a group");
        b.look("hosts-standalone");
    }

    @Test
    @Order(3)
    void generateTokenShowsATokenThatWorksOnce() {
        a.menu("Linked Edge Hosts");
        a.press("Generate token");

        a.see("works once", "holds 127.0.0.1 and a one-time password", "Stop token generation");
        assertThat(a.token()).startsWith("eyJ").hasSizeLessThanOrEqualTo(400);
        a.look("hosts-leader-alone");
    }

    @Test
    @Order(4)
    void aPastedTokenShowsWhatIsJoinedAndConfirmLinks() {
        b.press("Link this device to another");
        b.type("Token", "not a token");
        b.see("This is not a token");
        assertThat(b.button("Confirm")).hasAttribute("aria-disabled", "true");
        b.type("Token", a.token());
        b.see("A token of the leader at 127.0.0.1", "Checks", "Same deployment mode");
        assertThat(b.button("Confirm")).not().hasAttribute("aria-disabled", "true");
        b.look("link-preview");

        b.press("Confirm");

        b.see("Linked to alpha", "First sync");
        b.look("link-done");
        b.press("Done");
    }

    @Test
    @Order(5)
    void bothHostsShowTheSameTable() {
        for (LocalUi ui : new LocalUi[] {a, b}) {
            ui.seeRow("alpha", IP, "Leader", "Ready", "Synced", "Healthy");
            ui.seeRow("beta", IP, "Follower", "Ready", "Synced", "Healthy");
        }
        a.look("hosts-leader");
        b.look("hosts-follower");
    }

    @Test
    @Order(6)
    void aFileUploadedOnTheLeaderIsSyncedToTheFollower() throws Exception {
        byte[] bytes = new byte[20 << 20];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("site-maps.bin"), bytes);
        a.menu("Content");
        a.see("No content yet");
        a.look("content-empty");

        a.choose(file);

        a.see("verified, replicated 2 of 2 hosts");
        a.seeRow("site-maps.bin", "20.0 MiB", "2 of 2 hosts", "by admin on alpha");
        a.look("content-leader");
        a.press("Matrix");
        a.look("content-matrix");
        a.press("Table");
        a.seeRow("site-maps.bin", "Synced");
        a.look("content-table");
    }

    @Test
    @Order(7)
    void aFollowerListsTheContentAndSendsUploadsToTheLeader() {
        b.menu("Content");

        b.seeRow("site-maps.bin", "2 of 2 hosts");
        b.see("Use the leader 127.0.0.1.");
        assertThat(b.button("Upload")).hasAttribute("aria-disabled", "true");
        b.look("content-follower");
        b.menu("Overview");
        b.see("Linked to alpha");
        b.look("overview-follower");
    }

    @Test
    @Order(8)
    void theLeaderUnlinksTheFollowerFromTheMenuBesideItsAddress() {
        a.menu("Linked Edge Hosts");
        assertThat(a.button("Stop token generation")).hasAttribute("aria-disabled", "true");
        a.press("Actions for beta");
        a.look("hosts-menu");
        a.press("Actions for beta");
        a.act("beta", "Unlink");
        a.see("Unlink beta?", "It keeps the content it holds");
        a.look("unlink");

        a.press("Confirm");

        a.seeNoRow("beta");
        b.menu("Linked Edge Hosts");
        b.see("Lead a group", "Link this device to another");
        b.seeRow("beta", "Standalone", "Ready");
    }

    @Test
    @Order(9)
    void aHostThatComesBackShowsWhatItBrings() {
        b.press("Link this device to another");
        b.type("Token", a.token());
        b.see("This host brings into the group", "site-maps.bin");
        b.look("link-preview-brings");

        b.press("Confirm");

        b.see("Linked to alpha");
        b.press("Done");
        a.seeRow("beta", "Follower", "Ready", "Synced");
    }

    @Test
    @Order(10)
    void removedContentIsGoneOnBothHosts() {
        a.menu("Content");
        b.menu("Content");
        b.seeRow("site-maps.bin", "2 of 2 hosts");

        a.act("site-maps.bin", "Remove");
        a.see("Remove site-maps.bin?");
        a.look("content-remove");
        a.press("Confirm");

        a.see("No content yet");
        b.see("No content yet");
    }

    @Test
    @Order(11)
    void theFollowerUnlinksItselfFromTheUpperRight() {
        a.menu("Linked Edge Hosts");
        b.menu("Linked Edge Hosts");

        b.press("Unlink");
        b.see("Unlink beta?");
        b.look("unlink-this-host");
        b.press("Confirm");

        b.see("Lead a group", "Link this device to another");
        a.seeNoRow("beta");
    }

    @Test
    @Order(12)
    void stopTokenGenerationEndsTheLeaderStatus() {
        a.press("Stop token generation");
        a.see("Stop token generation?");
        a.look("stop-token-generation");

        a.press("Confirm");

        a.see("Lead a group", "Link this device to another");
    }
}
