package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.Json;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disks for ever, byte for byte: never change the golden file. */
class CurrentTest {
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));
    private static final Current CURRENT =
            new Current(
                    1,
                    "abcdefgh234567zy",
                    2,
                    false,
                    Set.of(B, A),
                    12,
                    List.of(
                            new Member(
                                    A,
                                    "S0VZ",
                                    TestHost.linkableFacts(
                                            "one", new Endpoint("tls", "192.0.2.1", 5082)),
                                    1)),
                    null,
                    List.of(),
                    null);

    @TempDir Path directory;

    private GroupDisk disk() {
        return new GroupDisk(directory, Json.mapper());
    }

    private static String golden() throws IOException {
        return golden("current-1.json");
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = CurrentTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isWrittenAsEver() throws IOException {
        disk().write(CURRENT);

        assertThat(directory.resolve("current")).hasContent(golden());
    }

    @Test
    void isReadAsEver() throws IOException {
        Files.writeString(directory.resolve("current"), golden());

        assertThat(disk().read()).contains(CURRENT);
    }

    private static Takeover takeover(String group, long generation) {
        List<Takeover.Ancestor> ancestors =
                List.of(new Takeover.Ancestor("abcdefgh234567zy", 2, 40));
        return new Takeover(group, generation, A, ancestors, new byte[] {1, 2, 3});
    }

    private static Current takenOver() {
        return CURRENT.succeededBy(takeover("bcdefgh234567zya", 3), 12, CURRENT.members(), A)
                .challengedBy(takeover("cdefgh234567zyab", 4));
    }

    @Test
    void isWrittenAsEverAfterATakeover() throws IOException {
        disk().write(takenOver());

        assertThat(directory.resolve("current")).hasContent(golden("current-1-taken-over.json"));
    }

    @Test
    void isReadAsEverAfterATakeover() throws IOException {
        Files.writeString(directory.resolve("current"), golden("current-1-taken-over.json"));

        assertThat(disk().read().orElseThrow()).usingRecursiveComparison().isEqualTo(takenOver());
    }

    @Test
    void isAbsentAtTheFirstStart() throws IOException {
        assertThat(disk().read()).isEmpty();
    }

    @Test
    void isNotGuessedWhenItIsDamaged() throws IOException {
        Files.writeString(directory.resolve("current"), "{\"format\":1,\"gro");

        assertThatThrownBy(() -> disk().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("current");
    }

    @Test
    void isRefusedInALaterFormat() throws IOException {
        Files.writeString(
                directory.resolve("current"), golden().replace("\"format\":1", "\"format\":2"));

        assertThatThrownBy(() -> disk().read()).isInstanceOf(IOException.class);
    }

    @Test
    void otherGroupsGoAndStrangeFilesStay() throws IOException {
        Files.createDirectories(directory.resolve("otherotherothero").resolve("raft"));
        Files.createDirectories(directory.resolve(CURRENT.group()).resolve("feed"));
        Files.createDirectories(directory.resolve("aside"));

        disk().keepOnly(CURRENT.group());

        assertThat(directory.resolve("otherotherothero")).doesNotExist();
        assertThat(directory.resolve(CURRENT.group()).resolve("feed")).exists();
        assertThat(directory.resolve("aside")).exists();
    }
}
