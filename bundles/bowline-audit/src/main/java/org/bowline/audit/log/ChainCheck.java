package org.bowline.audit.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.bowline.audit.heads.Head;

/**
 * Checks a log line by line, the oldest first, in little memory. Not safe for use by several
 * threads.
 */
public final class ChainCheck {
    private static final int MOST_FAULTS = 20;

    private final HostId host;
    private final List<Head> heads;
    private final Set<Head> seen = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int unnamed; // faults over the most
    private long first;
    private long last;
    private long kept = 1; // the oldest line that must be there
    private String hash = "";

    /**
     * Begins a check.
     *
     * @param heads what that host was heard to say of its newest line
     */
    public ChainCheck(HostId host, Collection<Head> heads) {
        this.host = host;
        this.heads = List.copyOf(heads);
    }

    /**
     * The next line.
     *
     * @param raw as it stands in the file, without its line feed
     */
    public void line(byte[] raw) {
        try {
            check(LineCodec.read(raw));
        } catch (IOException e) {
            fault("What follows line " + last + " cannot be read as a line");
            last++;
            first = first == 0 ? last : first;
        }
        hash = LineCodec.hash(raw);
    }

    private void check(Line line) {
        AuditLine said = line.said();
        if (!said.host().equals(host)) {
            fault("Line " + said.number() + " is of another host: " + said.host());
        }
        if (first == 0) {
            begin(line);
        } else {
            if (said.number() != last + 1) {
                fault("Line " + last + " is followed by line " + said.number());
            }
            if (!line.prev().equals(hash)) {
                fault(
                        "Line "
                                + said.number()
                                + " names another hash than that of the line before it: one of"
                                + " both was changed");
            }
        }
        last = said.number();
        for (Head head : heads) {
            if (head.number() == last && head.hash().equals(said.hash())) {
                seen.add(head);
            }
        }
        if (said.act().act().equals(LineCodec.DROPPED)) {
            dropped(said.act().subject());
        }
    }

    private void begin(Line line) {
        first = line.said().number();
        if (first == 1 && !line.prev().equals(LineCodec.NO_LINE)) {
            fault("Line 1 names a line before it");
        }
    }

    private void dropped(String subject) {
        if (subject.matches("[0-9]{1,18}")) {
            kept = Math.max(kept, Long.parseLong(subject));
        }
    }

    private void fault(String fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        } else {
            unnamed++;
        }
    }

    /** What was found; call it once, at the end. */
    public AuditVerdict verdict() {
        if (first > kept) {
            fault("The lines before number " + first + " are missing, and no line says why");
        }
        List<String> ofHeads = new ArrayList<>(); // never behind the others: they are bounded
        for (Head head : broken()) {
            ofHeads.add(
                    "Line "
                            + head.number()
                            + ", which this host was told of on "
                            + head.heard()
                            + (head.number() > last
                                    ? ", is not there: the log was cut, or that host said a line"
                                            + " that it never had; "
                                            + seen.size()
                                            + " of "
                                            + heads.size()
                                            + " such lines are there"
                                    : ", is another one now: the log was rewritten"));
        }
        List<String> all = new ArrayList<>(faults);
        if (unnamed > 0) {
            all.add(unnamed + " more faults");
        }
        all.addAll(ofHeads);
        return new AuditVerdict(host, first, last, last == 0 ? "" : hash, all);
    }

    /** The heads that should stand in it and do not; those of files that were dropped may. */
    public List<Head> broken() {
        return heads.stream()
                .filter(head -> !seen.contains(head))
                .filter(head -> head.number() >= first)
                .toList();
    }
}
