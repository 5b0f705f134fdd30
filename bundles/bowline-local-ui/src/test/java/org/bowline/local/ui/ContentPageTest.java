package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentPageTest {
    @TempDir private Path files;
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
    void anUploadIsListedOnceItIsWhole() throws Exception {
        agent.scene.set("leader-alone");
        Path file = Files.writeString(files.resolve("notes.txt"), "tide tables");
        browser.open("/content");
        browser.see("No content yet");

        browser.choose(file);

        browser.see("verified, replicated 1 of 1 host");
        assertThat(browser.rows("Content bundles"))
                .hasSize(2)
                .last()
                .asString()
                .contains("notes.txt", "file", "11 B", "1 of 1 host", "by admin");
    }

    @Test
    void theListSaysWhatHoldsAHostUpAndWhatToDo() throws Exception {
        agent.scene.set("leader");
        browser.open("/content");

        browser.see("k3s-airgap-images-amd64.tar.zst", "revision 2", "provider");
        browser.see("edge-4-warehouse: The store is full", "raise store.quota");
    }

    @Test
    void theTableTellsEveryHostsStateWithSourceAndRate() throws Exception {
        agent.scene.set("leader");
        browser.open("/content");

        browser.press("Table");

        browser.see("Syncing 62 %", "from edge-1", "9.00 MiB/s");
    }

    @Test
    void removingNamesTheObjectAndItsEffect() throws Exception {
        agent.scene.set("leader");
        browser.open("/content");

        browser.press("Actions for longhorn-1.11.tgz");
        browser.press("Remove");
        browser.see("Remove longhorn-1.11.tgz?", "is removed from all 4 hosts of the group");
        browser.press("Confirm");

        browser.seeNo("longhorn-1.11.tgz");
    }

    @Test
    void aFollowerSendsUploadsToItsLeader() throws Exception {
        agent.scene.set("follower");
        browser.open("/content");

        assertThat(browser.disabled("Upload")).isTrue();
        assertThat(browser.why("Upload")).isEqualTo("Use the leader 192.0.2.10.");
    }
}
