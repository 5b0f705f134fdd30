package org.bowline.rest.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bowline.rest.http.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves in the first run that whoever sets this host up can read its files or its log. It has no
 * timer, stays the same between starts, and is gone once it was used.
 */
final class SetupCode {
    private static final Logger LOG = LoggerFactory.getLogger(SetupCode.class);

    private final PrivateFile file;

    private volatile @Nullable String code;

    SetupCode(PrivateFile file) {
        this.file = file;
    }

    /** Makes it, or takes the one that is there, and tells it in the log. */
    void show() throws IOException {
        Optional<byte[]> there = file.read();
        String shown =
                there.isPresent()
                        ? new String(there.get(), StandardCharsets.US_ASCII).strip()
                        : Secrets.readable();
        if (there.isEmpty()) {
            file.write((shown + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        code = shown;
        LOG.info("First run: set this host up in its Local UI with the setup code {}", shown);
    }

    /** Whether that is it; case, spaces and dashes do not matter. */
    boolean is(String tried) {
        String now = code;
        return now != null && Secrets.same(letters(now), letters(tried));
    }

    /** Ends it. */
    void use() throws IOException {
        code = null;
        file.delete();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replace("-", "").replace(" ", "").strip();
    }
}
