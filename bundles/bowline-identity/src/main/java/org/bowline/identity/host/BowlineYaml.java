package org.bowline.identity.host;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bowline.api.identity.DeploymentMode;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.IpLiteral;

/** Reads {@code etc/bowline.yaml}: every spelling that is in use, nothing silently skipped. */
final class BowlineYaml {
    private static final Pattern HOST_NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(|[KMGT]iB)");
    private static final Set<String> ROLES = Set.of("viewer", "operator", "deployer", "admin");
    private static final Map<String, Integer> SHIFTS =
            Map.of("", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

    private final YamlFile file;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param name what the file is called in messages
     * @throws DescriptionException if it is not YAML
     */
    BowlineYaml(String name, String text) {
        file = new YamlFile(name, text);
    }

    /**
     * @throws DescriptionException if a value is wrong
     */
    Description read() {
        Description description =
                new Description(
                        file.text("name").map(this::name),
                        deploymentMode(),
                        multiNode(),
                        installationMode(),
                        file.text("osRelease").orElse("/etc/os-release"),
                        addresses(),
                        hostNames(),
                        bind(),
                        ports(),
                        transport(),
                        admin(),
                        tokens(),
                        workloadMarkers(),
                        quota());
        warnings.addAll(file.unknown());
        return description;
    }

    /** What is odd but does no harm, after {@link #read}. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private String name(String name) {
        if (name.isEmpty() || name.length() > 253 || name.chars().anyMatch(c -> c < ' ')) {
            throw file.wrong("name", "expected 1 to 253 printable characters");
        }
        return name;
    }

    private DeploymentMode deploymentMode() {
        return switch (file.text("deploymentMode").orElse("agent").toLowerCase(Locale.ROOT)) {
            case "agent" -> DeploymentMode.AGENT;
            case "appliance" -> DeploymentMode.APPLIANCE;
            default -> throw file.wrong("deploymentMode", "expected appliance or agent");
        };
    }

    private boolean multiNode() {
        Optional<Boolean> prefixed = bool("stylus.enableMultiNode");
        Optional<Boolean> plain = bool("enableMultiNode");
        refuseContradiction("stylus.enableMultiNode", prefixed, "enableMultiNode", plain);
        return prefixed.or(() -> plain).orElse(false);
    }

    private Optional<Boolean> bool(String key) {
        return file.text(key)
                .map(
                        text ->
                                switch (text.toLowerCase(Locale.ROOT)) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default -> throw file.wrong(key, "expected true or false");
                                });
    }

    private String installationMode() {
        String first = "";
        Optional<String> mode = Optional.empty();
        for (String prefix : List.of("stylus.", "")) {
            for (String word : List.of("installationMode", "managementMode")) {
                Optional<String> next = file.text(prefix + word).map(BowlineYaml::today);
                refuseContradiction(first, mode, prefix + word, next);
                first = mode.isPresent() ? first : prefix + word;
                mode = mode.or(() -> next);
            }
        }
        return mode.orElse("connected");
    }

    /** The newer spelling {@code managementMode: local} means what {@code airgap} means. */
    private static String today(String mode) {
        String lower = mode.toLowerCase(Locale.ROOT);
        return lower.equals("local") ? HostFacts.AIRGAP : lower;
    }

    private <T> void refuseContradiction(
            String key, Optional<T> value, String otherKey, Optional<T> other) {
        if (value.isPresent() && other.isPresent() && !value.equals(other)) {
            throw file.wrong(otherKey, "contradicts " + key + "; keep one of them");
        }
    }

    private List<String> addresses() {
        List<String> literals = new ArrayList<>();
        for (String text : file.texts("addresses")) {
            InetAddress address = ip("addresses", text);
            if (!IpLiteral.isUnicast(address)) {
                throw file.wrong("addresses", text + " is no address of a host");
            }
            literals.add(address.getHostAddress());
        }
        return literals;
    }

    private String bind() {
        return ip("bind", file.text("bind").orElse("0.0.0.0")).getHostAddress();
    }

    private InetAddress ip(String key, String text) {
        return IpLiteral.parse(text)
                .orElseThrow(
                        () ->
                                file.wrong(
                                        key,
                                        "expected an IP address such as 192.0.2.10, not a name"));
    }

    private List<String> hostNames() {
        List<String> names = file.texts("hostNames");
        for (String name : names) {
            if (!HOST_NAME.matcher(name).matches() && IpLiteral.parse(name).isEmpty()) {
                throw file.wrong("hostNames", "expected names such as edge-1.example");
            }
        }
        return names;
    }

    private Description.Ports ports() {
        Description.Ports ports =
                new Description.Ports(
                        port("ports.ui", 5080),
                        port("ports.registry", 5081),
                        port("ports.tls", 5082),
                        port("ports.ssh", 5022));
        Set<Integer> seen = new HashSet<>();
        for (int port : List.of(ports.ui(), ports.registry(), ports.tls(), ports.ssh())) {
            if (!seen.add(port)) {
                throw new DescriptionException(
                        "ports", port + " is given to two listeners; each needs a port of its own");
            }
        }
        return ports;
    }

    private int port(String key, int usual) {
        String text = file.text(key).orElse(String.valueOf(usual));
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw file.wrong(key, "expected a port from 1 to 65535");
        }
        return port;
    }

    private String transport() {
        String transport = file.text("transport").orElse("tls");
        if (!transport.equals("tls")) {
            throw file.wrong("transport", "expected tls, the one transport of this release");
        }
        return transport;
    }

    private Optional<Description.Admin> admin() {
        if (!file.has("admin.name") && !file.has("admin.passwordHash")) {
            return Optional.empty();
        }
        String name = label(file, "admin.name");
        String hash = file.text("admin.passwordHash").orElse("");
        if (!hash.startsWith("$argon2id$")) {
            throw file.wrong("admin.passwordHash", "expected an Argon2id hash ($argon2id$v=19$…)");
        }
        return Optional.of(new Description.Admin(name, hash));
    }

    private List<Description.ApiToken> tokens() {
        List<Description.ApiToken> tokens = new ArrayList<>();
        for (YamlFile part : file.parts("apiTokens")) {
            String role = part.text("role").orElse("");
            if (!ROLES.contains(role)) {
                throw part.wrong("role", "expected viewer, operator, deployer or admin");
            }
            String sha256 = part.text("sha256").orElse("");
            if (!SHA256.matcher(sha256).matches()) {
                throw part.wrong("sha256", "expected the token's SHA-256 as 64 hex digits");
            }
            String name = label(part, "name");
            tokens.add(new Description.ApiToken(name, role, sha256.toLowerCase(Locale.ROOT)));
            warnings.addAll(part.unknown());
        }
        return tokens;
    }

    private static String label(YamlFile part, String key) {
        String label = part.text(key).orElse("");
        if (!LABEL.matcher(label).matches()) {
            throw part.wrong(key, "expected 1 to 64 letters, digits or . _ @ -");
        }
        return label;
    }

    private List<Path> workloadMarkers() {
        if (!file.has("workloadMarkers")) {
            return Workload.USUAL_MARKERS;
        }
        List<Path> markers = new ArrayList<>();
        for (String text : file.texts("workloadMarkers")) {
            if (text.length() < 2 || text.charAt(0) != '/' || text.indexOf('\0') >= 0) {
                throw file.wrong(
                        "workloadMarkers", "expected absolute paths such as /etc/my-cluster/node");
            }
            markers.add(Path.of(text).normalize());
        }
        return markers;
    }

    private long quota() {
        Optional<String> text = file.text("store.quota");
        if (text.isEmpty()) {
            return 0;
        }
        Matcher size = SIZE.matcher(text.get());
        long number = size.matches() ? Long.parseLong(size.group(1)) : 0;
        int shift = size.matches() ? SHIFTS.getOrDefault(size.group(2), 0) : 0;
        if (number < 1 || number > Long.MAX_VALUE >> shift) {
            throw file.wrong("store.quota", "expected bytes, or a size such as 100GiB");
        }
        return number << shift;
    }
}
