package org.bowline.rest.auth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.Passwords;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.PrivateFile;
import org.bowline.rest.http.Role;

/**
 * Who can sign in on this host: those in its own file, and the admin that the operator provisioned.
 * Never replicated. Safe for use by any thread.
 */
final class Users {
    static final int MIN_PASSWORD = 12; // characters
    private static final int MAX_PASSWORD = 1024;

    /** What a stranger's password is checked against, so that it takes as long as a user's. */
    private static final String NOBODY = "$argon2id$nobody";

    private final PrivateFile file;
    private final Passwords passwords;
    private final Optional<User> provisioned;

    private volatile List<User> own; // written under this

    Users(PrivateFile file, Passwords passwords, Optional<User> provisioned) throws IOException {
        this.file = file;
        this.passwords = passwords;
        this.provisioned = provisioned;
        Optional<byte[]> stored = file.read();
        this.own =
                stored.isPresent()
                        ? List.of(Json.mapper().readValue(stored.get(), User[].class))
                        : List.of();
    }

    /** Whether anybody can sign in. */
    boolean any() {
        return provisioned.isPresent() || !own.isEmpty();
    }

    /** The user of that name and password; takes the same time for a name that is not there. */
    Optional<User> check(String name, char[] password) {
        Optional<User> user = find(name);
        String hash = user.map(User::hash).orElse(NOBODY);
        boolean right = password.length <= MAX_PASSWORD && passwords.matches(password, hash);
        return right ? user : Optional.empty();
    }

    /**
     * What a log may say of a name that did not get in: people type a password in its place, so
     * only the name of a user is told.
     */
    String told(String typed) {
        return find(typed).map(User::name).orElse("unknown user");
    }

    /**
     * Makes the first admin.
     *
     * @throws RefusedException {@code SETUP_DONE}, {@code PASSWORD_WEAK}, {@code REQUEST_INVALID}
     */
    void addFirst(String name, char[] password) throws IOException {
        if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD) {
            throw new RefusedException(
                    Refusal.PASSWORD_WEAK, "It has " + password.length + " characters");
        }
        User first;
        try {
            first = new User(name, Role.ADMIN, passwords.hash(password));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.REQUEST_INVALID, "The name is not valid", e);
        }
        synchronized (this) {
            if (any()) {
                throw new RefusedException(Refusal.SETUP_DONE, "This host has a user");
            }
            List<User> next = new ArrayList<>(own);
            next.add(first);
            file.write(Json.bytes(next));
            own = List.copyOf(next);
        }
    }

    private Optional<User> find(String name) {
        if (provisioned.isPresent() && provisioned.get().name().equals(name)) {
            return provisioned;
        }
        return own.stream().filter(user -> user.name().equals(name)).findFirst();
    }
}
