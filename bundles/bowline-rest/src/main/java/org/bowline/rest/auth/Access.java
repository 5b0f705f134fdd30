package org.bowline.rest.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Passwords;
import org.bowline.rest.http.PrivateFile;
import org.bowline.rest.http.RestSettings;
import org.bowline.rest.http.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * Who may use this host's faces: users, sessions, API tokens, the first run. All of it is
 * host-local, under {@code data/ui}. Safe for use by any thread.
 */
@Component(
        service = Access.class,
        immediate = true, // sessions outlive what serves them
        configurationPid = "bowline.rest",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Access {
    private static final int FREE_TRIES = 5;
    private static final Duration SOURCE_WAIT = Duration.ofSeconds(30);

    /** Far looser than a source's, or anybody on the LAN could keep a user out. */
    private static final int FREE_TRIES_OF_USER = 20;

    private static final Duration USER_WAIT = Duration.ofSeconds(4);

    final Host host;
    final HostNames names;
    final Users users;
    final Sessions sessions;
    final ApiTokens tokens;
    final SetupCode setup;
    final Crowd crowd = new Crowd();
    final Throttle bySource;
    final Throttle byUser;

    /** The name of the cookie: two hosts under one name stay signed in side by side. */
    final String cookie;

    @Activate
    public Access(
            @Reference Host host,
            @Reference Identity identity,
            @Reference Passwords passwords,
            RestSettings config)
            throws IOException {
        this(host, identity, passwords, config, Clock.systemUTC(), System::nanoTime);
    }

    Access(
            Host host,
            Identity identity,
            Passwords passwords,
            RestSettings config,
            Clock clock,
            LongSupplier nanos)
            throws IOException {
        Path directory = host.data().resolve("ui");
        this.host = host;
        this.names = new HostNames(host, List.of(config.hostNames()));
        this.cookie = "__Host-bowline-" + identity.id();
        this.users = new Users(file(directory, "users.json"), passwords, provisioned(config));
        this.tokens =
                new ApiTokens(
                        file(directory, "tokens.json"),
                        clock,
                        Arrays.stream(config.apiTokens()).map(ApiTokens.ApiToken::ofLine).toList());
        this.sessions = new Sessions(nanos);
        this.bySource = new Throttle(nanos, FREE_TRIES, SOURCE_WAIT);
        this.byUser = new Throttle(nanos, FREE_TRIES_OF_USER, USER_WAIT);
        this.setup = new SetupCode(file(directory, "setup-code"));
        if (!users.any()) {
            setup.show();
        }
    }

    private static PrivateFile file(Path directory, String name) {
        return new PrivateFile(directory.resolve(name));
    }

    private static Optional<User> provisioned(RestSettings config) {
        return config.adminName().isBlank() || config.adminPasswordHash().isBlank()
                ? Optional.empty()
                : Optional.of(new User(config.adminName(), Role.ADMIN, config.adminPasswordHash()));
    }
}
