package org.bowline.pairing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.transport.Channel;

/**
 * Sends and receives {@link Words} on a channel: a length of four bytes, then an envelope as JSON.
 * Remembers the bodies of messages under a MAC, which form the transcript. One thread at a time.
 */
final class PairStream implements Closeable {
    /** Bytes a message may have: an offer of 256 KiB from each of a few rooms, in base64. */
    static final int MAX_MESSAGE = 2 << 20;

    private static final int MAX_FIRST = 64 << 10;

    /** How long the other side may think: it may be waiting for the group's commit. */
    static final Duration PATIENCE = Duration.ofSeconds(12);

    /** What a stranger has for its whole first message. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = Words.JSON;

    private final Channel channel;
    private final DataInputStream input;
    private final List<byte[]> transcript = new ArrayList<>();

    PairStream(Channel channel) throws IOException {
        this.channel = channel;
        this.input = new DataInputStream(channel.input());
        channel.readTimeout(PATIENCE);
    }

    Channel channel() {
        return channel;
    }

    /** Sends a message without a MAC. */
    void send(String kind, Object body) throws IOException {
        write(new Words.Envelope(kind, JSON.writeValueAsString(body), new byte[0]));
    }

    /** Sends a message with its MAC, and adds it to the transcript. */
    void send(String kind, Object body, PairMac mac) throws IOException {
        String text = JSON.writeValueAsString(body);
        transcript.add(text.getBytes(StandardCharsets.UTF_8));
        write(new Words.Envelope(kind, text, mac.of(kind, transcript)));
    }

    /** Refuses, and says why. */
    void refuse(RefusedException why) throws IOException {
        send("refused", new Words.Refused(why.refusal().code(), why.detail()));
    }

    /** Receives the first message, for which a stranger is given less time and room. */
    Words.Envelope receiveFirst() throws IOException {
        InputStream hurried = new HurriedInput(channel.input(), channel::readTimeout, FIRST);
        Words.Envelope first = receive(new DataInputStream(hurried), MAX_FIRST);
        channel.readTimeout(PATIENCE);
        return first;
    }

    /** Receives whatever comes. */
    Words.Envelope receive() throws IOException {
        return receive(input, MAX_MESSAGE);
    }

    private static Words.Envelope receive(DataInputStream from, int most) throws IOException {
        int length = from.readInt();
        if (length < 2 || length > most) {
            throw new IOException("pairing message of " + length + " bytes");
        }
        byte[] bytes = from.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("pairing message was cut");
        }
        Words.Envelope envelope = JSON.readValue(bytes, Words.Envelope.class);
        if (envelope == null
                || envelope.kind() == null
                || envelope.body() == null
                || envelope.mac() == null) {
            throw new IOException("pairing message without kind, body or MAC");
        }
        return envelope;
    }

    /** Says something that needs no token, and receives the answer. */
    <T> T ask(String kind, Object body, String answer, Class<T> type) throws IOException {
        send(kind, body);
        return body(receive(answer), type);
    }

    /** Receives a message of that kind; throws what the other side refuses with. */
    Words.Envelope receive(String kind) throws IOException {
        Words.Envelope envelope = receive();
        if (envelope.kind().equals("refused")) {
            Words.Refused refused = body(envelope, Words.Refused.class);
            throw new RefusedException(
                    Refusal.ofCode(String.valueOf(refused.refusal())),
                    String.valueOf(refused.detail()));
        }
        if (!envelope.kind().equals(kind)) {
            throw new IOException("expected " + kind + ", got " + envelope.kind());
        }
        return envelope;
    }

    /** Adds a received body to the transcript and checks its MAC over all of it. */
    boolean proven(Words.Envelope envelope, PairMac mac) {
        transcript.add(envelope.body().getBytes(StandardCharsets.UTF_8));
        return mac.proves(envelope.mac(), envelope.kind(), transcript);
    }

    /** Reads a body. */
    <T> T body(Words.Envelope envelope, Class<T> type) throws IOException {
        T body = JSON.readValue(envelope.body(), type);
        if (body == null) { // the JSON text null
            throw new IOException(envelope.kind() + " without a body");
        }
        return body;
    }

    private void write(Words.Envelope envelope) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(envelope);
        if (bytes.length > MAX_MESSAGE) {
            throw new IOException("pairing message of " + bytes.length + " bytes is too long");
        }
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes);
        channel.output().write(frame.array());
        channel.output().flush();
    }

    @Override
    public void close() {
        channel.close();
    }
}
