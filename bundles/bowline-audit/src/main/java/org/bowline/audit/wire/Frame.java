package org.bowline.audit.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import org.bowline.audit.log.LineCodec;
import org.jspecify.annotations.Nullable;

/**
 * One message of {@code audit/1}: four bytes length of what follows, one byte kind, payload. The
 * side that opened the channel asks with {@link #PAGE} or {@link #ALL}; the answer is a {@link
 * #LINE} for each line, as it stands in the file, and {@link #END}. Then it may ask again.
 *
 * @param kind what it is; what a release does not know it answers with {@link #FAILED}
 * @param payload JSON in UTF-8, at most {@link LineCodec#LONGEST} bytes
 */
record Frame(byte kind, byte[] payload) {
    /** Asks for the newest lines, the newest first: a {@link Page}. */
    static final byte PAGE = 1;

    /** Asks for all lines, the oldest first; empty object. */
    static final byte ALL = 2;

    /** A line. */
    static final byte LINE = 17;

    /** An {@link End}. */
    static final byte END = 18;

    /** In place of the rest of an answer: a {@link Failed}. */
    static final byte FAILED = 19;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    /**
     * Which lines.
     *
     * @param most lines
     * @param before only lines of an earlier time, in ms since 1970; absent for the newest
     * @param after only lines of this time or later, in ms since 1970; absent for all
     */
    record Page(int most, @Nullable Long before, @Nullable Long after) {}

    /**
     * The answer is whole.
     *
     * @param more whether there are older lines
     * @param cut whether it ended early because it had enough bytes; absent for no
     */
    record End(boolean more, boolean cut) {}

    /**
     * There is no answer.
     *
     * @param cause a sentence for people
     */
    record Failed(String cause) {}

    static Frame of(byte kind, Object payload) throws IOException {
        return new Frame(kind, JSON.writeValueAsBytes(payload));
    }

    <T> T as(Class<T> type) throws IOException {
        T value = JSON.readValue(payload, type);
        if (value == null) {
            throw new IOException("frame without a value");
        }
        return value;
    }

    /** Writes the frame; the stream buffers, so that many lines become one record. */
    void write(OutputStream out) throws IOException {
        int length = 1 + payload.length;
        out.write(
                new byte[] {
                    (byte) (length >> 24),
                    (byte) (length >> 16),
                    (byte) (length >> 8),
                    (byte) length,
                    kind
                });
        out.write(payload);
    }

    /** Reads the next frame; null at the end of the stream. */
    static @Nullable Frame read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < 1 || length > 1 + LineCodec.LONGEST) {
            throw new IOException("audit frame of " + length + " bytes");
        }
        byte kind = in.readByte();
        byte[] payload = in.readNBytes(length - 1);
        if (payload.length < length - 1) {
            throw new EOFException("audit frame is cut");
        }
        return new Frame(kind, payload);
    }
}
