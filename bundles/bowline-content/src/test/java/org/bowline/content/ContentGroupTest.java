package org.bowline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Holding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole content rooms of several hosts over a network in memory. */
class ContentGroupTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path base;
    private Site site;

    @BeforeEach
    void build() {
        site = new Site(base);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void whatIsUploadedOnTheLeaderReachesEveryFollower() throws Exception {
        Site.Node a = site.host("a");
        Site.Node b = site.host("b");
        Site.Node c = site.host("c");
        b.follow(a);
        c.follow(a);
        byte[] bytes = Site.random(12 << 20, 1);

        CatalogItem item = a.upload("a bundle.tar", bytes);

        await().atMost(SOON).until(() -> b.holds(item) && c.holds(item));
        assertThat(b.bytes(item.digest())).isEqualTo(bytes);
        assertThat(c.bytes(item.digest())).isEqualTo(bytes);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(a.sees(b, item)).contains(Holding.SYNCED);
                            assertThat(b.sees(c, item)).contains(Holding.SYNCED);
                        });
    }
}
