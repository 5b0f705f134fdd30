package org.bowline.pairing;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Invitation;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.transport.Channel;

/** The joining side of an exchange with the leader that made a token. One thread at a time. */
final class LeaderCall implements Closeable {
    /** How long all of a token's addresses are tried, together. */
    static final Duration DIALLING = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ground ground;
    private final Token token;
    private final Endpoint endpoint;
    private final PairStream stream;
    private final PairMac mac;

    private LeaderCall(Ground ground, Token token, Channel channel) throws IOException {
        this.ground = ground;
        this.token = token;
        this.endpoint = channel.remote();
        this.stream = new PairStream(channel);
        this.mac = new PairMac(token, ground.ownKey(), channel.peerKey());
    }

    /**
     * Dials the token's addresses one after the other. The handshake checks the pin before anything
     * is sent.
     *
     * @throws RefusedException {@code LEADER_UNREACHABLE} or {@code WRONG_KEY}, with each address
     *     and its error
     */
    static LeaderCall dial(Ground ground, Token token) throws IOException {
        Dialling dialling = new Dialling(ground, token.issuer());
        Channel channel =
                dialling.open(token.endpoints(), DIALLING)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                dialling.metAnotherKey()
                                                        ? Refusal.WRONG_KEY
                                                        : Refusal.LEADER_UNREACHABLE,
                                                dialling.errors()));
        return new LeaderCall(ground, token, channel);
    }

    /** Where the leader answered. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Proves the token; nothing is consumed. */
    Words.Welcome hello(boolean looking) throws IOException {
        byte[] nonce = new byte[32];
        RANDOM.nextBytes(nonce);
        Words.Hello hello =
                new Words.Hello(token.id(), token.group(), nonce, ground.host().facts(), looking);
        stream.send("hello", hello, mac);
        Words.Welcome welcome = proven("welcome", Words.Welcome.class);
        if (welcome.facts() == null || welcome.group() == null) {
            throw new IOException("welcome without facts or group");
        }
        return welcome;
    }

    /** Asks to be admitted. */
    Invitation prove(Map<String, byte[]> offers) throws IOException {
        stream.send("prove", new Words.Prove(offers), mac);
        return proven("admitted", Words.Admitted.class).invitation();
    }

    /**
     * Tells the leader why this host does not go through with it; it may have judged likewise and
     * be gone.
     */
    void refuse(RefusedException why) {
        try {
            stream.refuse(why);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private <T> T proven(String kind, Class<T> type) throws IOException {
        Words.Envelope envelope = stream.receive(kind);
        if (!stream.proven(envelope, mac)) {
            throw new RefusedException(
                    Refusal.WRONG_KEY,
                    "What answers at " + endpoint + " does not know the one-time password");
        }
        return stream.body(envelope, type);
    }

    @Override
    public void close() {
        stream.close();
    }
}
