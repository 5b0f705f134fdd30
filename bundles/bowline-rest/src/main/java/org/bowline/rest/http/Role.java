package org.bowline.rest.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What somebody may do; each role may also do what the ones above it may. */
public enum Role {
    /** Not signed in: first run, sign-in, health. Nobody is given this role. */
    @JsonProperty("anyone")
    ANYONE,
    /** Looks, but sees no secret and changes nothing. */
    @JsonProperty("viewer")
    VIEWER,
    /** Links hosts and brings content in. */
    @JsonProperty("operator")
    OPERATOR,
    /** Brings code of the agent in. */
    @JsonProperty("deployer")
    DEPLOYER,
    /** Says who may do what. */
    @JsonProperty("admin")
    ADMIN;

    /** Whether this role may do what {@code needed} may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The name on the wire, such as {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of that name on the wire.
     *
     * @throws IllegalArgumentException if nobody can be given such a role
     */
    public static Role ofWord(String word) {
        for (Role role : values()) {
            if (role != ANYONE && role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "role " + word + ", expected viewer, operator, deployer or admin");
    }
}
