package org.bowline.identity.host;

import java.io.IOException;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.ConfigurationAdmin;

/** Hands each room its part of the operator's file, as the configuration of its PID. */
final class PushedSettings {
    private final Map<String, Map<String, Object>> byPid = new HashMap<>();

    PushedSettings(Description wanted, String shellSocket) {
        byPid.put(
                "bowline.transport.tls",
                Map.of("port", wanted.ports().tls(), "bind", wanted.bind()));
        byPid.put("bowline.content", Map.of("quota.bytes", wanted.quota()));
        byPid.put("bowline.shell", Map.of("socket", shellSocket));
        byPid.put("bowline.rest", rest(wanted));
    }

    private static Map<String, Object> rest(Description wanted) {
        Map<String, Object> rest = new HashMap<>();
        rest.put("port", wanted.ports().ui());
        rest.put("bind", wanted.bind());
        rest.put("hostNames", wanted.hostNames().toArray(String[]::new));
        rest.put("adminName", wanted.admin().map(Description.Admin::name).orElse(""));
        rest.put(
                "adminPasswordHash",
                wanted.admin().map(Description.Admin::passwordHash).orElse(""));
        rest.put(
                "apiTokens",
                wanted.tokens().stream()
                        .map(token -> token.name() + " " + token.role() + " " + token.sha256())
                        .toArray(String[]::new));
        return rest;
    }

    /** The configuration by PID. */
    Map<String, Map<String, Object>> byPid() {
        return byPid;
    }

    /** Updates what differs, so that a warm start bounces no component. */
    void pushTo(ConfigurationAdmin admin) throws IOException {
        for (Map.Entry<String, Map<String, Object>> entry : byPid.entrySet()) {
            admin.getConfiguration(entry.getKey(), "?")
                    .updateIfDifferent(new Hashtable<>(entry.getValue()));
        }
    }
}
