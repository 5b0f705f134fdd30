package org.bowline.peers.presence;

import java.time.Duration;

/**
 * How often hosts speak, and when silence counts.
 *
 * @param beat between two beats of one host
 * @param silence without a word after which a host is judged unreachable, its channel is closed,
 *     and a leader counts as gone
 * @param steady beats in a row that an unreachable host must send to be reachable again
 * @param ownPause least time between two messages because of a change of this host's own values
 * @param mergePause least time between two messages of a judge because of any change
 */
record Pace(Duration beat, Duration silence, int steady, Duration ownPause, Duration mergePause) {
    /** A change on a follower is everywhere within 300 ms on a quiet network. */
    static final Pace USUAL =
            new Pace(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    3,
                    Duration.ofMillis(100),
                    Duration.ofMillis(200));

    /** A longer gap between two beats, in nanoseconds, means that one was missed. */
    long missed() {
        return beat.toNanos() * 5 / 2;
    }

    /** How long one message may take to be written, in nanoseconds. */
    long stuck() {
        return silence.toNanos() / 2;
    }
}
