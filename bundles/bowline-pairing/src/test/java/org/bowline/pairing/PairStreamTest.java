package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bowline.api.transport.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may send, who have nothing to lose. */
class PairStreamTest {
    private static PairStream said(String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] frame = ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text).array();
        InputStream in = new ByteArrayInputStream(frame);
        Object channel =
                Proxy.newProxyInstance(
                        Channel.class.getClassLoader(),
                        new Class<?>[] {Channel.class},
                        (self, method, args) -> method.getName().equals("input") ? in : null);
        return new PairStream((Channel) channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "{\"kind\":\"hello\",\"body\":null,\"mac\":\"\"}"})
    void whatIsNoEnvelopeEndsTheChannelAndNoMore(String json) throws IOException {
        PairStream stream = said(json);

        assertThatThrownBy(stream::receiveFirst).isInstanceOf(IOException.class);
    }

    @Test
    void nothingInsteadOfABodyEndsTheChannelAndNoMore() throws IOException {
        PairStream stream = said("{\"kind\":\"hello\",\"body\":\"null\",\"mac\":\"\"}");
        Words.Envelope first = stream.receiveFirst();

        assertThatThrownBy(() -> stream.body(first, Words.Hello.class))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aByteNowAndThenDoesNotMakeAMessageLast() {
        InputStream dribble =
                new InputStream() {
                    @Override
                    public int read() {
                        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
                        while (System.nanoTime() - until < 0) {
                            Thread.onSpinWait();
                        }
                        return 0;
                    }

                    @Override
                    public int read(byte[] into, int off, int len) {
                        into[off] = (byte) read();
                        return 1;
                    }
                };
        List<Duration> bounds = new ArrayList<>();
        Duration inAll = Duration.ofMillis(20);

        assertThatThrownBy(() -> new HurriedInput(dribble, bounds::add, inAll).readAllBytes())
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(bounds)
                .hasSizeBetween(1, 20)
                .allMatch(bound -> bound.toMillis() >= 1 && bound.compareTo(inAll) <= 0);
    }
}
