package org.bowline.audit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.audit.log.ChainLog;
import org.bowline.audit.log.LogReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that asks and does not read what it is answered. */
class AnsweringTest {
    private static final HostId SLOW = new HostId("b".repeat(26));
    private static final HostId OTHER = new HostId("c".repeat(26));

    @TempDir Path data;
    private ChainLog log;
    private Answering answering;

    @BeforeEach
    void log() {
        log =
                new ChainLog(
                        new HostId("a".repeat(26)),
                        data,
                        new ChainLog.Limits(1 << 20, 2),
                        Instant::now);
        log.mend();
    }

    @AfterEach
    void stop() {
        answering.stop();
        log.close();
    }

    private static final class Asker implements Channel {
        private final HostId peer;
        private final boolean reads;
        private final CountDownLatch writing = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private final InputStream question;

        Asker(HostId peer, boolean reads) throws IOException {
            this.peer = peer;
            this.reads = reads;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Frame.of(Frame.ALL, new Frame.End(false, false)).write(out);
            question = new ByteArrayInputStream(out.toByteArray());
        }

        private void written(byte[] bytes, int from, int length) throws IOException {
            writing.countDown();
            if (reads) {
                answer.write(bytes, from, length);
                return;
            }
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public HostId peer() {
            return peer;
        }

        @Override
        public byte[] peerKey() {
            return new byte[0];
        }

        @Override
        public String protocol() {
            return Answering.PROTOCOL;
        }

        @Override
        public Endpoint remote() {
            return new Endpoint("tls", "127.0.0.1", 1);
        }

        @Override
        public InputStream input() {
            return question;
        }

        @Override
        public OutputStream output() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    written(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    written(bytes, from, length);
                }
            };
        }

        @Override
        public void readTimeout(Duration timeout) {}

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aPeerThatDoesNotReadIsGivenUp() throws IOException {
        answering = new Answering(new LogReading(log), Duration.ZERO, Duration.ofMillis(50));
        Asker slow = new Asker(SLOW, false);

        assertThatThrownBy(() -> answering.handle(slow)).hasMessage("closed");
    }

    @Test
    void aPeerHasOneWholeLogAtOnceAndOthersHaveTheirTurn() throws Exception {
        answering = new Answering(new LogReading(log));
        Asker slow = new Asker(SLOW, false);
        AtomicReference<String> end = new AtomicReference<>("");
        Thread first =
                new Thread(
                        () -> {
                            try {
                                answering.handle(slow);
                            } catch (IOException e) {
                                end.set(String.valueOf(e.getMessage()));
                            }
                        });
        first.setDaemon(true);
        first.start();
        slow.writing.await();

        Asker second = new Asker(SLOW, true);
        answering.handle(second);
        Asker other = new Asker(OTHER, true);
        answering.handle(other);

        assertThat(second.answer.toString(StandardCharsets.UTF_8))
                .contains("too many questions are asked of it now");
        assertThat(other.answer.toString(StandardCharsets.UTF_8)).contains("\"more\":false");
        slow.close();
        await().until(() -> "closed".equals(end.get()));
    }
}
