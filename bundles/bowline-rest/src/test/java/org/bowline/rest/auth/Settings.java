package org.bowline.rest.auth;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import org.bowline.rest.http.RestSettings;

/** What an operator says of the room, with an API token for each role. */
public final class Settings {
    private Settings() {}

    /** The text of the provisioned API token of that role. */
    public static String token(String role) {
        return "provisioned-" + role;
    }

    /** Without an admin: the first run. */
    public static RestSettings fresh(int port, String... tokenRoles) {
        return of(port, "", "", tokenRoles);
    }

    /** With the admin {@code ann}, whose password is {@code correct horse}. */
    public static RestSettings provisioned(String... tokenRoles) {
        return of(5080, "ann", "hash of correct horse", tokenRoles);
    }

    private static RestSettings of(int port, String admin, String hash, String... roles) {
        String[] tokens =
                Arrays.stream(roles)
                        .map(role -> role + "-token " + role + " " + Secrets.sha256(token(role)))
                        .toArray(String[]::new);
        return new Fixed(port, admin, hash, tokens);
    }

    @SuppressWarnings("ClassExplicitlyAnnotation")
    private record Fixed(int port, String adminName, String adminPasswordHash, String[] apiTokens)
            implements RestSettings {
        @Override
        public String bind() {
            return "127.0.0.1";
        }

        @Override
        public String[] hostNames() {
            return new String[] {"edge.example"};
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RestSettings.class;
        }
    }
}
