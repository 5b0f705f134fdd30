package org.bowline.rest;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;
import org.bowline.rest.http.Exchange;

/**
 * Which lines of the audit somebody asks for.
 *
 * @param all of all hosts, else of this one
 * @param host of that one alone, among all
 * @param most lines; empty if nothing was said
 * @param before only older lines
 * @param act the whole act, or its room: {@code link} means every {@code link.…}
 * @param actor who asked for it
 * @param outcome how it ended
 */
record AuditQuery(
        boolean all,
        Optional<HostId> host,
        Optional<Integer> most,
        Optional<Instant> before,
        Optional<String> act,
        Optional<String> actor,
        Optional<Act.Outcome> outcome) {
    private static final int USUAL = 50;
    private static final int MOST = 1000; // as Audit allows

    /** Pages that are looked through for lines that fit; others are asked for each of them. */
    private static final int OWN_PAGES = 20;

    private static final int MERGED_PAGES = 4;

    /**
     * Lines as this API tells a list.
     *
     * @param items the newest first
     * @param next ask for lines before this time to go on; empty if there are no more
     * @param missing the hosts whose lines are not in it, each with the cause
     */
    record Lines(List<AuditLine> items, Optional<Instant> next, Map<HostId, String> missing) {}

    /**
     * @param self this host
     */
    static AuditQuery of(Exchange exchange, HostId self) throws RefusedException {
        String host = exchange.query("host").orElse("self");
        boolean own = host.equals("self") || host.equals(self.value());
        Optional<String> most = exchange.query("most");
        Optional<String> before = exchange.query("before");
        Optional<String> outcome = exchange.query("outcome");
        return new AuditQuery(
                !own,
                own || host.equals("all") ? Optional.empty() : Optional.of(host(host)),
                most.isPresent() ? Optional.of(number(most.get())) : Optional.empty(),
                before.isPresent() ? Optional.of(time(before.get())) : Optional.empty(),
                exchange.query("act"),
                exchange.query("actor"),
                outcome.isPresent() ? Optional.of(outcome(outcome.get())) : Optional.empty());
    }

    private static HostId host(String text) throws RefusedException {
        try {
            return new HostId(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.REQUEST_INVALID, "host is another than self, all or a host's id", e);
        }
    }

    private static int number(String text) throws RefusedException {
        int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST) {
            throw Exchange.invalid("most is not a number from 1 to " + MOST);
        }
        return number;
    }

    private static Instant time(String text) throws RefusedException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Exchange.invalid("before is not a time such as 2026-01-31T08:00:00Z");
        }
    }

    private static Act.Outcome outcome(String text) throws RefusedException {
        return Arrays.stream(Act.Outcome.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> Exchange.invalid("outcome is not done, refused or failed"));
    }

    /** Whether that line is one of them. */
    boolean fits(AuditLine line) {
        Act done = line.act();
        return act.filter(word -> !done.act().equals(word) && !done.act().startsWith(word + "."))
                        .isEmpty()
                && host.filter(id -> !line.host().equals(id)).isEmpty()
                && actor.filter(name -> !done.actor().name().equals(name)).isEmpty()
                && outcome.filter(wanted -> done.outcome() != wanted).isEmpty();
    }

    /** Whether every line fits. */
    private boolean open() {
        return host.isEmpty() && act.isEmpty() && actor.isEmpty() && outcome.isEmpty();
    }

    /** Reads the log, without looking at what fits. */
    AuditPage read(Audit audit, int count, Optional<Instant> earlier) throws IOException {
        return all ? audit.merged(count, earlier) : audit.own(count, earlier);
    }

    /** Of the hosts whose lines that page lacks, those that were asked for. */
    Map<HostId, String> missing(AuditPage page) {
        Map<HostId, String> missing = new TreeMap<>(page.missing());
        host.ifPresent(id -> missing.keySet().retainAll(Set.of(id)));
        return missing;
    }

    /** One page; where few lines fit it may be short, and still have a next one. */
    Lines page(Audit audit) throws IOException {
        int wanted = most.orElse(USUAL);
        int size = open() ? wanted : MOST;
        List<AuditLine> found = new ArrayList<>();
        Map<HostId, String> missing = new TreeMap<>();
        Optional<Instant> next = before;
        for (int left = all ? MERGED_PAGES : OWN_PAGES; left > 0; left--) {
            AuditPage page = read(audit, size, next);
            missing.putAll(missing(page));
            page.lines().stream().filter(this::fits).forEach(found::add);
            if (found.size() > wanted) {
                int cut = cut(found, wanted);
                Instant last = found.get(cut - 1).time();
                return new Lines(found.subList(0, cut), Optional.of(last), missing);
            }
            next = page.before();
            if (found.size() == wanted || next.isEmpty() || open()) {
                break;
            }
        }
        return new Lines(found, next, missing);
    }

    /** Where to cut, so that lines of one time stay together: the next page begins before it. */
    private static int cut(List<AuditLine> found, int wanted) {
        Instant behind = found.get(wanted).time();
        int cut = wanted;
        while (cut > 0 && found.get(cut - 1).time().equals(behind)) {
            cut--;
        }
        return cut > 0 ? cut : wanted;
    }
}
