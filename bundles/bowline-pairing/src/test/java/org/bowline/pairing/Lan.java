package org.bowline.pairing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.identity.Endpoint;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.MemoryPresence;

/** A site with hosts, whose clocks stand still until a test moves them. */
final class Lan implements Closeable {
    final LoopbackNetwork network = new LoopbackNetwork();
    final MemoryGroup.World world = new MemoryGroup.World();
    final MemoryPresence.Board board = new MemoryPresence.Board();
    private final Path data;
    private final List<Box> boxes = new ArrayList<>();

    Lan(Path data) {
        this.data = data;
    }

    /** A fresh host of that name. */
    Box host(String name) throws IOException {
        Endpoint at = network.reserve();
        return add(new Box(this, name, data.resolve(name), at, List.of(at)));
    }

    /** A fresh host that tells others to dial it where it cannot be dialled. */
    Box hostBehindAWall(String name) throws IOException {
        return add(
                new Box(
                        this,
                        name,
                        data.resolve(name),
                        network.reserve(),
                        List.of(network.reserve(), network.reserve())));
    }

    private Box add(Box box) {
        boxes.add(box);
        return box;
    }

    @Override
    public void close() throws IOException {
        for (Box box : boxes) {
            box.close();
        }
    }

    /** A wall clock and a monotonic clock that a test moves. */
    static final class Time extends Clock {
        private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
        private volatile Instant wall = Instant.parse("2026-11-24T12:00:00Z");

        /** Time goes by. */
        void pass(long seconds) {
            passNanos(seconds * 1_000_000_000L);
        }

        void passNanos(long passed) {
            nanos.addAndGet(passed);
            wall = wall.plusNanos(passed);
        }

        /** Somebody sets the clock. */
        void setWall(long secondsForward) {
            wall = wall.plusSeconds(secondsForward);
        }

        long nanos() {
            return nanos.get();
        }

        @Override
        public Instant instant() {
            return wall;
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
