package org.bowline.peers.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.peers.Presence;

/**
 * Words on the wire: four bytes of length, then JSON with values in base64. What a later release
 * adds is ignored. Safe for use by any thread.
 */
final class WordCodec {
    static final int MAX_KEYS = 32;
    static final int MAX_KEY = 64; // characters

    private static final int MAX_FRAME = 1 << 20; // bytes

    private final ObjectMapper json =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** A whole frame. */
    byte[] encode(Word word) {
        try {
            byte[] text = json.writeValueAsBytes(word);
            return ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text).array();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a word is always JSON", e);
        }
    }

    /** Waits for the next word; empty at the end of the stream. */
    Optional<Word> read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return Optional.empty();
        }
        if (length < 2 || length > MAX_FRAME) {
            throw new IOException("word of " + length + " bytes, expected 2 to " + MAX_FRAME);
        }
        byte[] text = new byte[length];
        in.readFully(text);
        Word word = json.readValue(text, Word.class);
        if (word == null) {
            throw new IOException("null is no word");
        }
        for (Word.Entry entry : word.hosts()) {
            check(entry.values());
        }
        return Optional.of(word);
    }

    private static void check(Map<String, byte[]> values) throws IOException {
        if (values.size() > MAX_KEYS) {
            throw new IOException(values.size() + " keys, expected at most " + MAX_KEYS);
        }
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
            if (value.getKey().length() > MAX_KEY || value.getValue().length > Presence.MAX_VALUE) {
                throw new IOException(
                        "value of "
                                + value.getValue().length
                                + " bytes under a key of "
                                + value.getKey().length()
                                + " characters");
            }
        }
    }
}
