package org.bowline.rest.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit what this room itself decides: who signs in, who is kept out. It outlives the
 * audit's room, or an update of it would sign everybody out; what happens meanwhile waits here.
 * Safe for use by any thread; a record waits for the disk.
 */
@Component(service = Records.class)
public final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final int MOST_WAITING = 500;

    /**
     * Refusals that are told in a minute, of one act, cause and source. Of those the audit folds
     * what is the same; this is for what is not.
     */
    private static final int MOST_REFUSALS = 60;

    private static final Actor STRANGER = new Actor("anybody", "rest");
    private static final int MOST_NAME = 64; // characters

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Audit> audits = List.of();

    private final Clock clock;
    private final Brake strangers;
    private final Brake callers;
    private final Queue<Act> waiting = new ArrayDeque<>(); // guarded by this

    @Activate // wiring only
    public Records() {
        this(Clock.systemUTC());
    }

    Records(Clock clock) {
        this.clock = clock;
        this.strangers = new Brake(clock, MOST_REFUSALS);
        this.callers = new Brake(clock, MOST_REFUSALS);
    }

    /** Records an act of somebody who is signed in. */
    public void record(Act act) {
        catchUp();
        List<Audit> there = audits;
        if (there.isEmpty()) {
            keep(act);
        } else {
            there.get(0).record(act);
        }
    }

    /** Records a refusal that anybody on the LAN can cause. */
    void refusedStranger(String act, String subject, RefusedException refused, String source) {
        int held = strangers.pass(act, refused.refusal().code(), source);
        refused(held, STRANGER, act, subject, refused, ", from " + source);
    }

    /** Records that somebody who is signed in may not do that. */
    void refusedCaller(Actor actor, String act, String subject, RefusedException refused) {
        int held = callers.pass(act, refused.refusal().code(), actor.name());
        refused(held, actor, act, subject, refused, "");
    }

    private void refused(
            int held,
            Actor actor,
            String act,
            String subject,
            RefusedException refused,
            String from) {
        if (held < 0) {
            return;
        }
        String more = held == 0 ? "" : "; " + held + " more before it were not written";
        String detail = refused.detail() + from + more;
        record(Act.refused(actor, act, clean(subject), refused.refusal().code(), detail));
    }

    /** Writes what waited for the audit's room, if it is back. */
    void catchUp() {
        List<Audit> there = audits;
        if (there.isEmpty()) {
            return;
        }
        for (Act act = next(); act != null; act = next()) {
            there.get(0).record(act);
        }
    }

    /** Method and path of a request; the query may hold what is not for a log. */
    static String line(HttpServletRequest request) {
        return request.getMethod() + " " + request.getRequestURI();
    }

    /** What a stranger typed, fit for a log: cut, and without anything that is not printable. */
    static String clean(String text) {
        String cut = text.length() > MOST_NAME ? text.substring(0, MOST_NAME) + "…" : text;
        return cut.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{Sm}\\p{Sc}… ]", "?");
    }

    private synchronized @Nullable Act next() {
        return waiting.poll();
    }

    private synchronized void keep(Act act) {
        if (waiting.size() >= MOST_WAITING) {
            LOG.warn("The audit is away; {} of {} is not recorded", act.act(), act.actor().name());
            return;
        }
        String detail = act.detail() + ", at " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        waiting.add(
                new Act(act.actor(), act.act(), act.subject(), act.outcome(), act.cause(), detail));
    }
}
