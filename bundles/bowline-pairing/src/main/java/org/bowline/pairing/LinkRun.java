package org.bowline.pairing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.pairing.LinkView.Step;
import org.bowline.api.pairing.Reason;

/** How far a link is, step by step, as people see it. Safe for use by any thread. */
final class LinkRun {
    /** What is done, in this order. */
    enum Stage {
        ASK("Ask the leader"),
        CHECK("Check the rules on both hosts"),
        PROVE("Prove the one-time password"),
        JOIN("Join the group"),
        CONFIRM("Confirm to the leader");

        private final String title;

        Stage(String title) {
            this.title = title;
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final Clock clock;
    private final Runnable changed;
    // Guarded by this.
    private final List<Step> steps = new ArrayList<>();
    private String leader;
    private LinkStatus status = LinkStatus.PENDING;
    private Optional<Reason> reason = Optional.empty();

    /**
     * @param leader what is known of the leader before it answers: its address
     */
    LinkRun(String leader, Clock clock, Runnable changed) {
        this.leader = leader;
        this.clock = clock;
        this.changed = changed;
        for (Stage stage : Stage.values()) {
            steps.add(new Step(stage.title, LinkStatus.PENDING, clock.instant()));
        }
    }

    synchronized Operation view() {
        return new Operation(id, leader, status, steps, reason);
    }

    synchronized boolean isOver() {
        return status == LinkStatus.COMPLETED || status == LinkStatus.FAILED;
    }

    /** The leader has said what it calls itself. */
    synchronized void leader(String name) {
        leader = name;
    }

    /** That stage is under way, and all before it are done. */
    void at(Stage stage) {
        synchronized (this) {
            status = LinkStatus.IN_PROGRESS;
            for (int i = 0; i <= stage.ordinal(); i++) {
                mark(i, i < stage.ordinal() ? LinkStatus.COMPLETED : LinkStatus.IN_PROGRESS);
            }
        }
        changed.run();
    }

    void completed() {
        synchronized (this) {
            status = LinkStatus.COMPLETED;
            for (int i = 0; i < steps.size(); i++) {
                mark(i, LinkStatus.COMPLETED);
            }
        }
        changed.run();
    }

    void failed(RefusedException why) {
        synchronized (this) {
            status = LinkStatus.FAILED;
            reason = Optional.of(new Reason(why.refusal(), why.detail()));
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).status() == LinkStatus.IN_PROGRESS) {
                    mark(i, LinkStatus.FAILED);
                }
            }
        }
        changed.run();
    }

    private void mark(int index, LinkStatus next) {
        Step step = steps.get(index);
        if (step.status() != next) {
            Instant now = clock.instant();
            steps.set(index, new Step(step.title(), next, now));
        }
    }
}
