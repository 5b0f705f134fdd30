package org.bowline.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.bowline.audit.heads.Head;

/** A log on a disk, with a clock that the test moves. */
final class Bench implements InstantSource {
    static final HostId HOST = new HostId("a".repeat(26));
    static final Actor ANNA = new Actor("anna", "rest");
    static final ChainLog.Limits WIDE = new ChainLog.Limits(8 << 20, 16);

    final Path directory;
    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    Bench(Path data) {
        directory = data.resolve("audit");
    }

    ChainLog open(ChainLog.Limits limits) {
        ChainLog log = new ChainLog(HOST, directory, limits, this);
        log.mend();
        return log;
    }

    ChainLog open() {
        return open(WIDE);
    }

    static Act act(String detail) {
        return Act.done(ANNA, "link.join", "", detail);
    }

    void clock(Instant next) {
        now = next;
    }

    @Override
    public Instant instant() {
        return now;
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    /** All lines as they stand on the disk. */
    List<String> raw() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    static List<AuditLine> lines(ChainLog log, int most) throws IOException {
        return new LogReading(log)
                .page(most, Long.MAX_VALUE, Long.MIN_VALUE).lines().stream()
                        .map(found -> found.line().said())
                        .toList();
    }

    static AuditVerdict verify(ChainLog log, Head... heads) throws IOException {
        ChainCheck check = new ChainCheck(HOST, List.of(heads));
        new LogReading(log).all(check::line);
        return check.verdict();
    }
}
