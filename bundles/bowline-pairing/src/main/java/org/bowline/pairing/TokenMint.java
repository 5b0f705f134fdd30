package org.bowline.pairing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bowline.api.identity.HostId;

/**
 * Makes tokens, knows which one is live, and lets each be used once. Tokens live in memory only, so
 * they die with the process. Expiry is judged by the monotonic clock; a wall clock that jumped
 * forward may end a token early, never late.
 *
 * <p>Safe for use by any thread; no call waits.
 */
final class TokenMint {
    /** How long the cause of a dead token can still be told to who proves it. */
    static final Duration REMEMBERED = Duration.ofMinutes(15);

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

    /** Where a token is in its life. */
    enum State {
        LIVE,
        USED,
        EXPIRED,
        /** Token generation was stopped while it was live. */
        STOPPED,
        /** It led to an address or a group that the leader has no more. */
        REPLACED
    }

    /**
     * A token the mint made.
     *
     * @param usedBy who used it; empty unless used
     */
    record Minted(
            Token token,
            String text,
            long bornNanos,
            Instant bornAt,
            State state,
            long diedNanos,
            Optional<HostId> usedBy) {
        Minted dead(State state, long nanos, Optional<HostId> by) {
            return new Minted(token, text, bornNanos, bornAt, state, nanos, by);
        }

        @Override
        public String toString() {
            return token + " " + state;
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final TokenText texts;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Minted> known = new ConcurrentHashMap<>();
    private volatile Optional<String> live = Optional.empty();

    TokenMint(TokenText texts, Clock clock, LongSupplier nanos) {
        this.texts = texts;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * The live token; makes one if there is none, from a blank that lends addresses, ports, group
     * and issuer. A token that would lead elsewhere than the blank is replaced.
     */
    synchronized Minted current(Supplier<Token> blank) {
        sweep();
        Token wanted = blank.get();
        live.map(known::get)
                .filter(minted -> !leadsTo(minted.token(), wanted))
                .ifPresent(minted -> kill(minted.token().id(), State.REPLACED, Optional.empty()));
        return live.map(known::get).orElseGet(() -> mint(wanted));
    }

    private boolean leadsTo(Token token, Token blank) {
        Token fitted =
                texts.fit(
                        new Token(
                                blank.addresses(),
                                blank.ports(),
                                blank.group(),
                                token.id(),
                                blank.issuer(),
                                token.otp()));
        return token.addresses().equals(fitted.addresses())
                && token.ports().equals(fitted.ports())
                && token.group().equals(fitted.group());
    }

    /** A token by its id, live or dead, as long as it is remembered. */
    synchronized Optional<Minted> find(String id) {
        sweep();
        return Optional.ofNullable(known.get(id));
    }

    /** Uses a token up: true for exactly one caller, and only while it lives. */
    synchronized boolean use(String id, HostId by) {
        sweep();
        if (live.filter(id::equals).isEmpty()) {
            return false;
        }
        kill(id, State.USED, Optional.of(by));
        return true;
    }

    /** Ends the live token at once. */
    synchronized void stop() {
        sweep();
        live.ifPresent(id -> kill(id, State.STOPPED, Optional.empty()));
    }

    /** Time the token has left. */
    Duration left(Minted minted) {
        Duration byNanos = Duration.ofNanos(nanos.getAsLong() - minted.bornNanos());
        Duration byWall = Duration.between(minted.bornAt(), clock.instant());
        Duration age = byNanos.compareTo(byWall) > 0 ? byNanos : byWall;
        Duration left = Duration.ofSeconds(Token.LIFE).minus(age);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Minted mint(Token blank) {
        byte[] otp = new byte[Token.OTP_LENGTH];
        random.nextBytes(otp);
        Token token =
                texts.fit(
                        new Token(
                                blank.addresses(),
                                blank.ports(),
                                blank.group(),
                                id(),
                                blank.issuer(),
                                otp));
        Minted minted =
                new Minted(
                        token,
                        texts.write(token),
                        nanos.getAsLong(),
                        clock.instant(),
                        State.LIVE,
                        0,
                        Optional.empty());
        known.put(token.id(), minted);
        live = Optional.of(token.id());
        return minted;
    }

    private void sweep() {
        live.map(known::get)
                .filter(minted -> left(minted).isZero())
                .ifPresent(minted -> kill(minted.token().id(), State.EXPIRED, Optional.empty()));
        long now = nanos.getAsLong();
        known.values()
                .removeIf(
                        minted ->
                                minted.state() != State.LIVE
                                        && now - minted.diedNanos() > REMEMBERED.toNanos());
    }

    private void kill(String id, State state, Optional<HostId> by) {
        known.computeIfPresent(id, (same, minted) -> minted.dead(state, nanos.getAsLong(), by));
        live = Optional.empty();
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        random.ints(8, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }
}
