package org.bowline.shell.diag;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit are wanted: pages are turned until there are enough of them.
 *
 * @param most lines
 * @param act what was done: room and verb, or the room alone; null for all
 * @param actor who asked for it; null for all
 */
record AuditSearch(int most, @Nullable String act, @Nullable String actor) {
    /** Lines that the audit gives at once. */
    static final int PAGE = 1000;

    /** Where the lines are. */
    interface Pages {
        /** The newest of them before that time. */
        AuditPage page(int most, Optional<Instant> before) throws IOException;
    }

    AuditPage in(Pages pages, Optional<Instant> from) throws IOException {
        List<AuditLine> found = new ArrayList<>();
        Map<HostId, String> missing = new LinkedHashMap<>();
        Optional<Instant> before = from;
        boolean more = true;
        while (more && found.size() < most) {
            AuditPage page = pages.page(size(), before);
            page.lines().stream().filter(this::wants).forEach(found::add);
            missing.putAll(page.missing());
            more = page.before().isPresent() && !page.before().equals(before);
            before = page.before();
        }
        if (found.size() <= most) {
            return new AuditPage(found, before, missing);
        }
        List<AuditLine> shown = found.subList(0, cut(found));
        return new AuditPage(shown, Optional.of(shown.get(shown.size() - 1).time()), missing);
    }

    /** Lines of one time stay together, for who goes on asks for what is before a time. */
    private int cut(List<AuditLine> found) {
        Instant behind = found.get(most).time();
        int cut = most;
        while (cut > 0 && found.get(cut - 1).time().equals(behind)) {
            cut--;
        }
        return cut > 0 ? cut : most;
    }

    private int size() {
        return act == null && actor == null ? most : PAGE;
    }

    private boolean wants(AuditLine line) {
        String done = line.act().act();
        return (act == null || done.equals(act) || done.startsWith(act + "."))
                && (actor == null || line.act().actor().name().equals(actor));
    }
}
