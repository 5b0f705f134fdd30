package org.bowline.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bowline.api.Refusal;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit as a file: a line of JSON for each act, the newest first, to the oldest that is kept.
 * An answer that has begun has no status left to fail with, so the last line is the {@link End},
 * before it a problem if the log could not be read on; a file without that line was cut.
 *
 * @param audit where from
 * @param query which lines; without {@code most} all of them
 */
record AuditExport(Audit audit, AuditQuery query) {
    private static final Logger LOG = LoggerFactory.getLogger(AuditExport.class);
    static final int PAGE = 1000;

    /** Pages of one file: for each of them every host is asked, and may take its time. */
    static final int MOST_PAGES = 500;

    /**
     * The last line.
     *
     * @param missing the hosts some of whose lines are not in the file, each with the newest cause
     * @param next ask for lines before this time to go on; empty if there are no more
     */
    private record End(Map<HostId, String> missing, Optional<Instant> next) {}

    void answer(Exchange exchange) throws IOException {
        AuditPage page = query.read(audit, PAGE, query.before());
        var response = exchange.response();
        response.setContentType("application/jsonl");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
        send(page, response.getOutputStream());
    }

    void send(AuditPage first, OutputStream out) throws IOException {
        Map<HostId, String> missing = new TreeMap<>();
        long left = query.most().map(Long::valueOf).orElse(Long.MAX_VALUE);
        Optional<AuditPage> page = Optional.of(first);
        Optional<Instant> next = query.before();
        for (int pages = 1; page.isPresent(); pages++) {
            query.missing(page.get()).forEach(missing::putIfAbsent);
            Optional<Instant> earlier = next;
            next = page.get().before();
            for (AuditLine line : page.get().lines()) {
                if (left == 0) {
                    break;
                }
                if (query.fits(line)) {
                    line(out, line);
                    left--;
                    next = left == 0 ? Optional.of(line.time()) : next;
                }
            }
            boolean older = next.isPresent() && !next.equals(earlier);
            page = older && left > 0 && pages < MOST_PAGES ? read(next, out) : Optional.empty();
        }
        line(out, new End(missing, next));
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
