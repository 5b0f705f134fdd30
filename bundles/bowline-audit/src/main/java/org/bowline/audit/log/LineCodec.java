package org.bowline.audit.log;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.identity.HostId;

/**
 * How a line stands in the file: one JSON object in UTF-8, ended by a line feed, its fields in this
 * order.
 *
 * <ul>
 *   <li>{@code number}: counts the lines of the host, from 1, over all files
 *   <li>{@code time}: RFC 3339 in UTC with milliseconds; no two lines of a host have the same, as
 *       long as its clock is not set back
 *   <li>{@code host}: whose log it is
 *   <li>{@code actor}, {@code face}: who asked, and where the wish came in
 *   <li>{@code act}, {@code subject}, {@code outcome}, {@code cause}, {@code detail}: as {@link
 *       Act} says
 *   <li>{@code prev}: SHA-256 of the line before as it stands in the file, without its line feed,
 *       as hex; 64 zeros in the first line of all
 * </ul>
 *
 * <p>The log itself writes {@code audit.mended} (what was cut off or found changed), {@code
 * audit.gap} (lines that could not be written) and {@code audit.dropped} (old files deleted; the
 * subject is the number of the oldest line that is kept). Fields that a later release adds are
 * passed over.
 */
public final class LineCodec {
    /** What the first line of all names as the hash of the one before. */
    public static final String NO_LINE = "0".repeat(64);

    /** Bytes a line may have when read; none that is written comes near. */
    public static final int LONGEST = 8 << 10;

    static final String MENDED = "audit.mended";
    static final String GAP = "audit.gap";
    static final String DROPPED = "audit.dropped";

    private static final int MOST_TEXT = 300; // characters of a subject
    private static final int MOST_CODE = 100; // characters of a cause, a face or an act
    private static final int MOST_NAME = 128; // characters of an actor
    private static final int HASH = 64; // characters of a hash
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final ObjectWriter WRITER = JSON.writerFor(Words.class);
    private static final ObjectReader READER = JSON.readerFor(Words.class);

    private LineCodec() {}

    @JsonPropertyOrder({
        "number", "time", "host", "actor", "face", "act", "subject", "outcome", "cause", "detail",
        "prev"
    })
    record Words(
            long number,
            String time,
            HostId host,
            String actor,
            String face,
            String act,
            String subject,
            Act.Outcome outcome,
            String cause,
            String detail,
            String prev) {
        boolean whole() {
            return number > 0
                    && Stream.of(
                                    time, host, actor, face, act, subject, outcome, cause, detail,
                                    prev)
                            .allMatch(Objects::nonNull);
        }

        /** Whether no text is longer than those that are written. */
        boolean small() {
            return actor.length() <= MOST_NAME
                    && face.length() <= MOST_CODE
                    && act.length() <= MOST_CODE
                    && subject.length() <= MOST_TEXT
                    && cause.length() <= MOST_CODE
                    && detail.length() <= Act.MOST_DETAIL
                    && prev.length() == HASH;
        }
    }

    /** The bytes of a line, without its line feed. */
    static byte[] write(HostId host, long number, Instant time, Act act, String prev)
            throws IOException {
        return WRITER.writeValueAsBytes(
                new Words(
                        number,
                        TIME.format(time),
                        host,
                        clean(act.actor().name(), MOST_NAME),
                        clean(act.actor().face(), MOST_CODE),
                        act.act(),
                        clean(act.subject(), MOST_TEXT),
                        act.outcome(),
                        clean(act.cause(), MOST_CODE),
                        clean(act.detail(), Act.MOST_DETAIL),
                        prev));
    }

    /** Cut to its most; half letters, which JSON cannot carry, become question marks. */
    private static String clean(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is none
     */
    public static Line read(byte[] raw) throws IOException {
        if (raw.length > LONGEST) {
            throw new IOException("a line of " + raw.length + " bytes, at most " + LONGEST);
        }
        Words words = READER.readValue(raw);
        if (words == null || !words.whole() || !words.small()) {
            throw new IOException("not a line of an audit log");
        }
        try {
            Act act =
                    new Act(
                            new Actor(words.actor, words.face),
                            words.act,
                            words.subject,
                            words.outcome,
                            words.cause,
                            words.detail);
            Instant time = Instant.parse(words.time);
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new IOException("a line of " + time + ", expected the years 0000 to 9999");
            }
            return new Line(
                    new AuditLine(words.host, words.number, time, act, hash(raw)), words.prev);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("not a line of an audit log", e);
        }
    }

    /** SHA-256 of a line without its line feed, as hex. */
    public static String hash(byte[] raw) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
