package org.bowline.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;
import org.bowline.audit.heads.Heads;
import org.bowline.audit.log.ChainCheck;
import org.bowline.audit.log.ChainLog;
import org.bowline.audit.log.Folds;
import org.bowline.audit.log.Gap;
import org.bowline.audit.log.LogReading;
import org.bowline.audit.log.PageReader;
import org.bowline.audit.wire.Asking;
import org.bowline.audit.wire.Merge;
import org.bowline.audit.wire.Place;
import org.bowline.audit.wire.Round;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in {@code audit/}: a chain of lines on this disk (see {@link
 * org.bowline.audit.log.LineCodec}), whose newest hash is said in presence. The heads that others
 * say are remembered, and each must stand in its host's log when that is checked.
 *
 * <p>One line is written for each act, before {@link #record} returns; only what was refused or
 * failed again within ten seconds, or too often in an hour, is counted instead (see {@link Folds}).
 *
 * <p>Owns the thread {@code bowline-audit}, which once a second writes what was counted, says the
 * newest head and listens for those of others.
 */
@Component(
        service = {Audit.class, ChainedAudit.class},
        configurationPid = AuditSettings.PID)
@Designate(ocd = AuditSettings.class)
public final class ChainedAudit implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger(ChainedAudit.class);
    private static final int MOST = 1000; // lines of a page
    private static final long SMALLEST_FILE = 64 << 10; // bytes
    private static final int SAVE_EVERY = 5; // seconds

    private final HostId self;
    private final Trust trust;
    private final Presence presence;
    private final InstantSource clock;
    private final ChainLog log;
    private final LogReading reading;
    private final Heads heads;
    private final Folds folds = new Folds(System::nanoTime);
    private final Asking asking;
    private final Round round;
    private final ScheduledThreadPoolExecutor timer;
    private long said; // number of the head that was said last; the timer's
    private int beats; // the timer's

    @Activate // wiring only; no thread runs before start
    public ChainedAudit(
            @Reference Identity identity,
            @Reference Host host,
            @Reference Trust trust,
            @Reference Peers peers,
            @Reference Presence presence,
            AuditSettings settings) {
        this(identity.id(), host.data(), trust, peers, presence, limits(settings), Instant::now);
    }

    ChainedAudit(
            HostId self,
            Path data,
            Trust trust,
            Peers peers,
            Presence presence,
            ChainLog.Limits limits,
            InstantSource clock) {
        this.self = self;
        this.trust = trust;
        this.presence = presence;
        this.clock = clock;
        Path directory = data.resolve("audit");
        log = new ChainLog(self, directory, limits, clock);
        reading = new LogReading(log);
        heads = new Heads(directory);
        asking = new Asking(peers);
        round = new Round(asking);
        timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> {
                            Thread thread = new Thread(work, "bowline-audit");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    private static ChainLog.Limits limits(AuditSettings settings) {
        return new ChainLog.Limits(
                Math.max(SMALLEST_FILE, settings.file_bytes()), Math.max(2, settings.files()));
    }

    @Activate
    void start() {
        log.mend();
        heads.load();
        timer.scheduleWithFixedDelay(this::beat, 0, 1, TimeUnit.SECONDS);
    }

    @Modified
    void modified(AuditSettings settings) {
        log.limit(limits(settings));
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
        round.stop();
        asking.stop();
        folds.all().forEach(log::append);
        save();
        log.close();
    }

    /** Reads this host's log, for those who ask. */
    LogReading reading() {
        return reading;
    }

    /** The lines that could not be written, until they could. */
    Optional<Gap> gap() {
        return log.gap();
    }

    /** Why the log cannot be opened or written now. */
    Optional<String> trouble() {
        return log.trouble();
    }

    @Override
    public void record(Act act) {
        folds.due().forEach(log::append);
        if (folds.admit(act)) {
            log.append(act);
        }
    }

    @Override
    public AuditPage own(int most, Optional<Instant> before) throws IOException {
        Merge merge = new Merge(most(most));
        addOwn(most, before, merge);
        return merge.page();
    }

    private void addOwn(int most, Optional<Instant> before, Merge into) throws IOException {
        long limit = before.map(time -> Place.before(self, time)).orElse(Long.MAX_VALUE);
        PageReader.Page page = reading.page(most, limit, Long.MIN_VALUE);
        List<AuditLine> lines = page.lines().stream().map(found -> found.line().said()).toList();
        into.add(lines, page.more(), page.cut());
    }

    @Override
    public AuditPage merged(int most, Optional<Instant> before) {
        Merge merge = new Merge(most(most));
        try {
            addOwn(most, before, merge);
        } catch (IOException e) {
            LOG.debug("The own log cannot be read", e);
            merge.missing(self, "its log cannot be read: " + e.getMessage());
        }
        Map<HostId, Said> heard = presence.heard();
        List<HostId> reachable = new ArrayList<>();
        for (HostId member : members()) {
            Said words = heard.get(member);
            if (member.equals(self)) {
                continue;
            }
            if (words != null && !words.reachable()) {
                merge.missing(member, "not reachable since " + words.age().toSeconds() + " s");
            } else {
                reachable.add(member);
            }
        }
        round.ask(reachable, most, before, merge);
        return merge.page();
    }

    private static int most(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(most + " lines, expected 1 to " + MOST);
        }
        return most;
    }

    @Override
    public AuditVerdict verify(HostId host) throws IOException {
        listen();
        ChainCheck check = new ChainCheck(host, heads.of(host));
        if (host.equals(self)) {
            reading.all(check::line);
        } else {
            asking.check(host, check);
        }
        heads.missed(host, check.broken());
        return check.verdict();
    }

    private Set<HostId> members() {
        return trust.all().stream().map(TrustedHost::id).collect(Collectors.toSet());
    }

    /** What is done once a second. */
    void beat() {
        try {
            folds.due().forEach(log::append);
            log.mend();
            say();
            listen();
            if (++beats % SAVE_EVERY == 0) {
                save();
            }
        } catch (RuntimeException e) {
            LOG.warn("A beat of the audit log failed; the next one follows", e);
        }
    }

    private void say() {
        ChainLog.Newest newest = log.newest();
        if (newest.number() != said) {
            presence.say(Heads.KEY, Heads.said(newest.number(), newest.hash()));
            said = newest.number();
        }
    }

    private void listen() {
        heads.hear(presence.heard(), members(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void save() {
        try {
            heads.save();
        } catch (IOException e) {
            LOG.debug("What others say of their logs cannot be saved; tried again soon", e);
        }
    }
}
