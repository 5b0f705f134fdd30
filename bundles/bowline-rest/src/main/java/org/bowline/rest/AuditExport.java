package org.bowline.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bowline.api.Refusal;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit as a file: a line of JSON for each act, the newest first, to the oldest that is kept.
 * An answer that has begun has no status left to fail with, so if the log cannot be read to its end
 * the last line is the problem.
 *
 * @param audit where from
 * @param query which lines; without {@code most} all of them
 */
record AuditExport(Audit audit, AuditQuery query) {
    private static final Logger LOG = LoggerFactory.getLogger(AuditExport.class);
    static final int PAGE = 1000;

    void answer(Exchange exchange) throws IOException {
        AuditPage page = query.read(audit, PAGE, query.before());
        var response = exchange.response();
        response.setContentType("application/jsonl");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
        if (!page.missing().isEmpty()) {
            response.setHeader(
                    "X-Bowline-Missing",
                    page.missing().keySet().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        send(page, response.getOutputStream());
    }

    void send(AuditPage first, OutputStream out) throws IOException {
        long left = query.most().map(Long::valueOf).orElse(Long.MAX_VALUE);
        Optional<AuditPage> page = Optional.of(first);
        Optional<Instant> earlier = query.before();
        while (page.isPresent() && left > 0) {
            for (AuditLine line : page.get().lines()) {
                if (left > 0 && query.fits(line)) {
                    line(out, line);
                    left--;
                }
            }
            Optional<Instant> next = page.get().before();
            boolean older = next.isPresent() && !next.equals(earlier);
            earlier = next;
            page = older && left > 0 ? read(next, out) : Optional.empty();
        }
    }

    /** Empty if it cannot be read; then the reader was told. */
    private Optional<AuditPage> read(Optional<Instant> earlier, OutputStream out)
            throws IOException {
        try {
            return Optional.of(query.read(audit, PAGE, earlier));
        } catch (IOException e) {
            LOG.error("The audit could not be read to its end", e);
            line(out, Problem.of(Refusal.INTERNAL, "The log could not be read to its end"));
            return Optional.empty();
        }
    }

    private static void line(OutputStream out, Object value) throws IOException {
        out.write(Json.bytes(value));
        out.write('\n');
    }
}
