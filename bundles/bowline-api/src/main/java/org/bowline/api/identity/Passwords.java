package org.bowline.api.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes and checks hashes of passwords: Argon2id (RFC 9106) in the PHC string format, such as
 * {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 *
 * <p>Safe for use by any thread. Each call takes about 20 MiB and tens of milliseconds of one core;
 * calls beyond a few at once wait for their turn.
 */
@ProviderType
public interface Passwords {
    /** A new hash, with a random salt. */
    String hash(char[] password);

    /**
     * Whether the password is the one that was hashed; takes the same time either way.
     *
     * @param hash in the PHC string format; one that cannot be read matches nothing, in the time
     *     that a check takes
     */
    boolean matches(char[] password, String hash);
}
