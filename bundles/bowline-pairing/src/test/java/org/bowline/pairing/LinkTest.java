package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.pairing.LinkView.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {
    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;

    @BeforeEach
    void twoHosts() throws IOException {
        lan = new Lan(data);
        a = lan.host("a");
        b = lan.host("b");
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    @Test
    void threeHostsLinkWithATokenEachAndShowTheSameTable() throws IOException {
        Box c = lan.host("c");

        Operation first = b.link(a.lead());
        Operation second = c.link(a.token());

        assertThat(List.of(first.status(), second.status())).containsOnly(LinkStatus.COMPLETED);
        assertThat(first.steps()).extracting(Step::status).containsOnly(LinkStatus.COMPLETED);
        for (Box box : List.of(a, b, c)) {
            assertThat(box.pairing().hosts())
                    .extracting(HostRow::name)
                    .containsExactly("a", "b", "c");
            assertThat(box.pairing().hosts())
                    .extracting(HostRow::leader)
                    .containsExactly(true, false, false);
        }
        assertThat(b.pairing().link().follower()).isTrue();
        assertThat(b.pairing().link().leader()).contains(a.id());
        assertThat(a.pairing().leader().joining())
                .extracting(joining -> joining.status())
                .containsExactly(LinkStatus.COMPLETED, LinkStatus.COMPLETED);
    }

    @Test
    void aLookShowsTheGroupAndChangesNothing() throws IOException {
        String token = a.lead();
        String before = a.state() + b.state();

        LinkPreview preview = b.pairing().preview(token);

        assertThat(preview.leader()).isEqualTo(a.id());
        assertThat(preview.leaderName()).isEqualTo("a");
        assertThat(preview.leaderAddress()).isEqualTo("127.0.0.1");
        assertThat(preview.members()).isEqualTo(1);
        assertThat(preview.left()).isEqualTo(java.time.Duration.ofSeconds(120));
        assertThat(preview.passed()).isTrue();
        assertThat(preview.checks())
                .extracting(LinkPreview.Check::title)
                .contains("Leader reachable", "Same operating system", "Reachable from the leader");
        assertThat(a.state() + b.state()).isEqualTo(before);
        assertThat(a.token()).isEqualTo(token);
    }
}
