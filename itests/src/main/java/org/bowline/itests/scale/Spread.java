package org.bowline.itests.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bowline.api.Actor;
import org.bowline.api.Subscription;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Slice;

/**
 * Measures how long one change takes to all hosts: each says so itself, by the watch that its rooms
 * would use.
 */
final class Spread {
    /** A value that is changed to be seen. */
    record Mark(long number) {}

    private static final String SLICE = "scale";
    private static final String KEY = "scale";
    private static final long LIMIT_SECONDS = 30;

    private static final int LONGEST_PAUSE = 300; // ms

    private final Random random = new Random(1); // so that no change keeps step with another clock
    private long number;

    /** Whether a host sees something. */
    private interface Sight {
        boolean at(OneJvm host);
    }

    private interface Watch {
        Subscription on(OneJvm host, Runnable changed);
    }

    private interface Act {
        void run() throws IOException;
    }

    /** Commits on the leader, so many times; how long each took to reach the last of these. */
    Times commits(OneJvm leader, List<OneJvm> watching, int times) throws IOException {
        Slice<Mark> slice = leader.group().slice(SLICE, Mark.class);
        Times taken = new Times();
        for (int i = 0; i < times; i++) {
            Mark mark = new Mark(++number);
            taken.add(
                    untilAll(
                            watching,
                            (host, changed) -> host.group().watch(changed),
                            host ->
                                    host.group().slice(SLICE, Mark.class).get(KEY).stream()
                                            .anyMatch(entry -> entry.value().equals(mark)),
                            () ->
                                    leader.group()
                                            .commit(
                                                    Commit.of(
                                                            Actor.SYSTEM, slice.put(KEY, mark)))));
        }
        return taken;
    }

    /** Says something on one host, so many times; how long each took to the last of these. */
    Times presence(OneJvm speaker, List<OneJvm> watching, int times) throws IOException {
        Times taken = new Times();
        for (int i = 0; i < times; i++) {
            String said = "mark " + ++number;
            taken.add(
                    untilAll(
                            watching,
                            (host, changed) -> host.presence().watch(changed),
                            host ->
                                    host.presence().heard().get(speaker.id()).text(KEY).stream()
                                            .anyMatch(said::equals),
                            () ->
                                    speaker.presence()
                                            .say(KEY, said.getBytes(StandardCharsets.UTF_8))));
        }
        return taken;
    }

    private double untilAll(List<OneJvm> watching, Watch watch, Sight sight, Act act)
            throws IOException {
        pause();
        CountDownLatch left = new CountDownLatch(watching.size());
        List<Subscription> watches = new ArrayList<>();
        for (OneJvm host : watching) {
            AtomicBoolean seen = new AtomicBoolean();
            watches.add(
                    watch.on(
                            host,
                            () -> {
                                if (!seen.get() && sight.at(host) && !seen.getAndSet(true)) {
                                    left.countDown();
                                }
                            }));
        }
        long began = System.nanoTime();
        act.run();
        try {
            if (!left.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(left.getCount() + " hosts did not see a change");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            watches.forEach(Subscription::close);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether a host has the newest mark. */
    boolean isUpToDate(OneJvm host) {
        return host.group().slice(SLICE, Mark.class).get(KEY).stream()
                .anyMatch(entry -> entry.value().number() == number);
    }
}
