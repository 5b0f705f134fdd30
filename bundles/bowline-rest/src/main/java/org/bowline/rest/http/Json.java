package org.bowline.rest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * JSON as this API speaks it: camelCase, times in RFC 3339, unknown fields ignored, an absent value
 * {@code null}. What it reads is bounded in size and depth, and no field may come twice.
 */
public final class Json {
    /** Bytes that a body of JSON may have. */
    public static final int MAX_BODY = 64 << 10;

    private static final int MAX_DEPTH = 16;

    private Json() {}

    /** Made at the first use: it takes tens of milliseconds. */
    private static final class Lazy {
        static final ObjectMapper MAPPER =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(MAX_DEPTH)
                                                        .maxStringLength(MAX_BODY)
                                                        .build())
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .addModules(new Jdk8Module(), new JavaTimeModule())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /** The value as UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return Lazy.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + value.getClass(), e);
        }
    }

    /** The mapper itself, for files of this room. */
    public static ObjectMapper mapper() {
        return Lazy.MAPPER;
    }
}
