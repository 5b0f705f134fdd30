package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that keep the house a house, read off the bundles as they were built. */
class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String API = "org.bowline.api";
    private static final int LONGEST_FILE = 400;

    /** Calls go down only. */
    private static final Map<String, Integer> FLOORS =
            Map.ofEntries(
                    Map.entry("identity", 1),
                    Map.entry("transport", 2),
                    Map.entry("peers", 3),
                    Map.entry("group", 4),
                    Map.entry("audit", 4),
                    Map.entry("pairing", 5),
                    Map.entry("content", 5),
                    Map.entry("settings", 5),
                    Map.entry("cluster", 6),
                    Map.entry("update", 6),
                    Map.entry("rest", 7),
                    Map.entry("registry", 7),
                    Map.entry("local-ui", 7),
                    Map.entry("shell", 7));

    /** Words of a neighbour that a room may use all the same, each with its reason. */
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "content -> pairing",
                            "LinkParticipant: pairing asks the rooms what a host brings",
                    "pairing -> content",
                            "ContentReport: the table of hosts reads what each host says");

    /** Heavy libraries that one room alone may see. */
    private static final Map<String, String> KEEPERS =
            Map.of(
                    "org.bouncycastle", "identity",
                    "org.apache.sshd", "transport-ssh",
                    "org.apache.ratis", "group",
                    "com.github.luben.zstd", "content");

    @Test
    void onlyTheApiIsExported() {
        for (Path bundle : bundles()) {
            String exports = manifest(bundle, "Export-Package");
            for (String exported : packages(exports)) {
                assertThat(exported).as(bundle.getFileName() + " exports").startsWith(API);
            }
            assertThat(exports.isEmpty())
                    .as(bundle.getFileName() + " exports nothing")
                    .isEqualTo(!room(bundle).equals("api"));
        }
    }

    @Test
    void callsGoDownTheFloors() {
        for (Path bundle : bundles()) {
            String room = room(bundle);
            for (String imported : packages(manifest(bundle, "Import-Package"))) {
                if (!room.equals("api") && imported.startsWith(API + ".")) {
                    String owner = imported.substring(API.length() + 1).replaceFirst("\\..*", "");
                    assertThat(mayUse(room, owner))
                            .as(room + " uses " + imported + ", which is not below it")
                            .isTrue();
                }
            }
        }
    }

    private static boolean mayUse(String room, String owner) {
        return room.replaceFirst("^(transport)-.*", "$1").equals(owner)
                || floor(owner) < floor(room)
                || ALLOWED.containsKey(room + " -> " + owner);
    }

    private static int floor(String room) {
        Integer floor = FLOORS.get(room.replaceFirst("^transport-.*", "transport"));
        assertThat(floor).as("floor of " + room).isNotNull();
        return floor;
    }

    @Test
    void aHeavyLibraryIsSeenByOneRoomAlone() {
        for (Path bundle : bundles()) {
            for (String imported : packages(manifest(bundle, "Import-Package"))) {
                KEEPERS.forEach(
                        (library, keeper) -> {
                            if (imported.startsWith(library)) {
                                assertThat(room(bundle))
                                        .as("who sees " + imported)
                                        .isEqualTo(keeper);
                            }
                        });
            }
        }
    }

    @Test
    void everyApiPackageSaysWhatItIs() throws IOException {
        Path sources = ROOT.resolve("bundles/bowline-api/src/main/java");
        Set<Path> folders = Set.copyOf(sources(sources, ".java").map(Path::getParent).toList());
        for (Path folder : folders) {
            String info = Files.readString(folder.resolve("package-info.java"));
            assertThat(info)
                    .as(folder.toString())
                    .startsWith("/**")
                    .contains("@Version", "@NullMarked");
        }
    }

    @Test
    void noSourceFileIsLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (String part : List.of("bundles", "testkit", "itests", "cli")) {
            for (String kind : List.of(".java", ".ts", ".tsx", ".css")) {
                for (Path file : sources(ROOT.resolve(part), kind).toList()) {
                    long lines = Files.readString(file).lines().count();
                    if (lines > LONGEST_FILE) {
                        tooLong.add(ROOT.relativize(file) + ": " + lines);
                    }
                }
            }
        }
        assertThat(tooLong).as("files over " + LONGEST_FILE + " lines").isEmpty();
    }

    @Test
    void thereAreBundlesToJudge() {
        assertThat(bundles()).hasSizeGreaterThan(9);
    }

    private static Stream<Path> sources(Path folder, String kind) throws IOException {
        return Files.walk(folder)
                .filter(path -> path.toString().endsWith(kind))
                .filter(path -> !path.toString().contains("/target/"));
    }

    private static List<Path> bundles() {
        try (Stream<Path> all = Files.list(ROOT.resolve("bundles"))) {
            return all.filter(path -> Files.exists(path.resolve("pom.xml"))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String room(Path bundle) {
        return bundle.getFileName().toString().replaceFirst("^bowline-", "");
    }

    private static String manifest(Path bundle, String header) {
        Path file = bundle.resolve("target/classes/META-INF/MANIFEST.MF");
        try (InputStream in = Files.newInputStream(file)) {
            String value = new Manifest(in).getMainAttributes().getValue(header);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The package names of a header; attributes and quoted commas are passed over. */
    private static List<String> packages(String header) {
        String bare = Pattern.compile("\"[^\"]*\"").matcher(header).replaceAll("");
        return Stream.of(bare.split(","))
                .map(clause -> clause.replaceFirst(";.*", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
