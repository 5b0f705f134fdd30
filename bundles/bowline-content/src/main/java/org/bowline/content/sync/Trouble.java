package org.bowline.content.sync;

import java.time.Duration;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.Holding;
import org.bowline.content.chunk.MalformedException;
import org.bowline.content.store.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * Why a content is not here, and when to try again.
 *
 * @param here how far it was; with the reason, for people
 * @param needed bytes for which there was no room; 0 if that is not it
 * @param again nano time of the next attempt
 * @param attempts so far, in a row
 */
record Trouble(Holding here, long needed, long again, int attempts) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration HOPELESS = Duration.ofDays(1);
    private static final int LONGEST_REASON = 160; // characters: it must fit into presence

    /** What a failed attempt means. */
    static Trouble of(Exception failure, Holding progress, long free, @Nullable Trouble before) {
        int attempts = before == null ? 1 : before.attempts + 1;
        Throwable cause = failure instanceof ChunkPull.DiskException ? failure.getCause() : failure;
        Optional<RefusedException> full = full(cause);
        if (full.isPresent()) {
            long needed = Math.max(progress.bytesLeft(), 1);
            String reason =
                    "The store is full: needs " + Sizes.text(needed) + ", has " + Sizes.text(free);
            Holding here = stopped(progress, reason, full.get().refusal().fix());
            return new Trouble(here, needed, later(attempts), attempts);
        }
        if (cause instanceof Fetch.NoSourceException) {
            String fix = "Bring a host that holds it back, or upload it again.";
            Holding here = stopped(progress, "No host that answers has it", fix);
            return new Trouble(here, 0, later(attempts), attempts);
        }
        if (cause instanceof Fetch.WrongContentException) {
            String fix = "Retire it, and upload the right bytes.";
            Holding here = stopped(progress, "The bytes do not have its digest", fix);
            return new Trouble(here, 0, System.nanoTime() + HOPELESS.toNanos(), attempts);
        }
        if (cause instanceof MalformedException) {
            String fix = "Retire it, and upload it again.";
            Holding here = stopped(progress, "Its list of chunks is not valid", fix);
            return new Trouble(here, 0, System.nanoTime() + HOPELESS.toNanos(), attempts);
        }
        String fix = "Look at the agent's log and at the disk.";
        Holding here = stopped(progress, "It cannot be stored: " + cause, fix);
        return new Trouble(here, 0, later(attempts), attempts);
    }

    private static Optional<RefusedException> full(@Nullable Throwable cause) {
        return cause instanceof RefusedException refused && refused.refusal() == Refusal.STORE_FULL
                ? Optional.of(refused)
                : Optional.empty();
    }

    private static long later(int attempts) {
        long pause = FIRST_PAUSE.toNanos() << Math.min(attempts - 1, 4);
        return System.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
    }

    private static Holding stopped(Holding progress, String reason, String fix) {
        return new Holding(
                Holding.State.NOT_SYNCED,
                progress.percent(),
                progress.bytesLeft(),
                "",
                0,
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
                fix);
    }

    boolean isDue(long freeBytes) {
        return System.nanoTime() - again >= 0 && (needed == 0 || freeBytes >= needed);
    }

    /** Whether a person must know: the log says so once. */
    boolean isFirst() {
        return attempts == 1;
    }
}
