package org.bowline.rest.auth;

import org.bowline.rest.http.Role;

/**
 * Somebody who can sign in on this host.
 *
 * @param name what they sign in with
 * @param role what they may do
 * @param hash of their password, in the PHC string format
 */
record User(String name, Role role, String hash) {
    /** Letters that a name may have at most. */
    static final int MAX_NAME = 64;

    User {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "user name of " + name.length() + " characters, expected 1 to " + MAX_NAME);
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "user " + name + ", " + role.word();
    }
}
