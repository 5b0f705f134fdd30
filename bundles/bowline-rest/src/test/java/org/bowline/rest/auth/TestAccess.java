package org.bowline.rest.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.audit.Audit;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Passwords;
import org.bowline.rest.http.RestSettings;

/** Access by a clock that a test moves, with passwords that cost nothing. */
public final class TestAccess implements Passwords {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    public final AtomicInteger checks = new AtomicInteger();
    public final Access access;

    public final Records records = new Records(new Moved());

    public TestAccess(Host host, Identity identity, RestSettings settings, Audit audit)
            throws IOException {
        access = new Access(host, identity, this, settings, new Moved(), nanos::get);
        records.audits = List.of(audit);
    }

    /** The room of the audit goes, or comes. */
    public void audits(Audit... there) {
        records.audits = List.of(there);
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public String hash(char[] password) {
        return "hash of " + new String(password);
    }

    @Override
    public boolean matches(char[] password, String hash) {
        checks.incrementAndGet();
        return hash.equals(hash(password));
    }

    private final class Moved extends Clock {
        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
