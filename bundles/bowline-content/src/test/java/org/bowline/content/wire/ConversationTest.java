package org.bowline.content.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.content.chunk.Sha256;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final TestIdentity peer = new TestIdentity();
    private final AtomicLong now = new AtomicLong();

    /** An answer of so many whole frames to the first question. */
    private static byte[] answer(int frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] frame = new byte[Frame.HEAD + Frame.MAX_PAYLOAD];
        for (int i = 1; i <= frames; i++) {
            int last = i == frames ? Frame.LAST : 0;
            Frame.write(bytes, frame, Frame.DATA, last, 0, Frame.MAX_PAYLOAD);
        }
        return bytes.toByteArray();
    }

    /** Takes an answer of which each read, of at most so many bytes, takes that long. */
    private int take(byte[] answer, int most, Duration each) throws IOException {
        InputStream slow =
                new FilterInputStream(new ByteArrayInputStream(answer)) {
                    @Override
                    public int read() throws IOException {
                        now.addAndGet(most == 1 ? each.toNanos() : 0);
                        return in.read();
                    }

                    @Override
                    public int read(byte[] into, int off, int len) throws IOException {
                        now.addAndGet(each.toNanos());
                        return in.read(into, off, Math.min(len, most));
                    }
                };
        int[] taken = new int[1];
        Conversation conversation = new Conversation(new OneWay(slow), now::get);
        conversation.askChunk(Sha256.digest(new byte[0], 0, 0));
        conversation.take(
                (in, n) -> {
                    in.readFully(new byte[n]);
                    taken[0] += n;
                });
        return taken[0];
    }

    @Test
    void aTrickleIsGivenUpThoughEachByteComesInTime() throws IOException {
        byte[] answer = answer(1);

        assertThatThrownBy(() -> take(answer, 1, Duration.ofSeconds(9)))
                .isInstanceOf(Conversation.SlowException.class);

        assertThat(Duration.ofNanos(now.get())).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void aTrickleBehindAFullFrameIsGivenUpToo() throws IOException {
        byte[] answer = answer(8);

        assertThatThrownBy(() -> take(answer, 64 << 10, Duration.ofSeconds(5)))
                .isInstanceOf(Conversation.SlowException.class);

        assertThat(Duration.ofNanos(now.get())).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void aLongAnswerMayTakeLongWhileItKeepsThePace() throws IOException {
        int frames = 50;

        int taken = take(answer(frames), Frame.MAX_PAYLOAD, Duration.ofSeconds(6));

        assertThat(taken).isEqualTo(frames * Frame.MAX_PAYLOAD);
        assertThat(Duration.ofNanos(now.get())).isGreaterThan(Duration.ofMinutes(1));
    }

    /** A channel that only answers. */
    private final class OneWay implements Channel {
        private final InputStream input;

        OneWay(InputStream input) {
            this.input = input;
        }

        @Override
        public HostId peer() {
            return peer.id();
        }

        @Override
        public byte[] peerKey() {
            return new byte[0];
        }

        @Override
        public String protocol() {
            return ContentServer.PROTOCOL;
        }

        @Override
        public Endpoint remote() {
            return new Endpoint("tls", "127.0.0.1", 1);
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void readTimeout(Duration timeout) {}

        @Override
        public void close() {}
    }
}
