package org.bowline.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idPasswordsTest {
    private final Argon2idPasswords passwords = new Argon2idPasswords();

    /** From the tests of the reference implementation, phc-winner-argon2, src/test.c. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
            })
    void agreesWithTheReferenceImplementation(String hash) {
        assertThat(passwords.matches("password".toCharArray(), hash)).isTrue();
        assertThat(passwords.matches("passworD".toCharArray(), hash)).isFalse();
    }

    @Test
    void aNewHashMatchesItsPasswordOnly() {
        String hash = passwords.hash("pässwörd 1".toCharArray());

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches("pässwörd 1".toCharArray(), hash)).isTrue();
        assertThat(passwords.matches("pässwörd 2".toCharArray(), hash)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(passwords.hash("a".toCharArray()))
                .isNotEqualTo(passwords.hash("a".toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=11,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=5$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29t$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$",
                "$argon2id$v=19$m=+256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            })
    void anythingElseMatchesNothing(String hash) {
        assertThat(PhcHash.parse(hash)).isEmpty();
        assertThat(passwords.matches("password".toCharArray(), hash)).isFalse();
    }

    @Test
    void anUnreadableHashCostsWhatAnyOtherCosts() {
        char[] password = "password".toCharArray();
        String hash = passwords.hash(password);
        IntStream.range(0, 5).forEach(round -> passwords.matches(password, hash)); // warm up

        long readable = nanos(() -> passwords.matches(password, hash));
        long unreadable = nanos(() -> passwords.matches(password, "no hash"));

        assertThat((double) unreadable / readable).isBetween(0.3, 3.0);
    }

    @Test
    void manyAtOnceAllGetTheirTurn() {
        String hash = passwords.hash("password".toCharArray());

        assertThat(
                        IntStream.range(0, 24)
                                .parallel()
                                .allMatch(i -> passwords.matches("password".toCharArray(), hash)))
                .isTrue();
    }

    @Test
    void registersNoSecurityProvider() {
        passwords.hash("password".toCharArray());

        assertThat(Security.getProvider("BC")).isNull();
    }

    /** The shortest of five runs, which a busy machine disturbs least. */
    private static long nanos(Runnable check) {
        return IntStream.range(0, 5)
                .mapToLong(
                        round -> {
                            long start = System.nanoTime();
                            check.run();
                            return System.nanoTime() - start;
                        })
                .min()
                .orElseThrow();
    }
}
