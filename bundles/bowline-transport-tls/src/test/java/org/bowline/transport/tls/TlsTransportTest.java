package org.bowline.transport.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.WrongKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsTransportTest {
    private TlsHost left;
    private TlsHost right;

    @BeforeEach
    void twoMembers() throws Exception {
        left = new TlsHost();
        right = new TlsHost();
        TlsHost.link(left, right);
    }

    @AfterEach
    void end() {
        left.close();
        right.close();
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        try (Channel dialled = left.dial(right, "feed/1");
                Channel accepted = right.accepted()) {
            dialled.output().write("hello".getBytes(UTF_8));
            assertThat(accepted.input().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
            accepted.output().write("ahoy".getBytes(UTF_8));
            assertThat(dialled.input().readNBytes(4)).isEqualTo("ahoy".getBytes(UTF_8));
        }
    }

    @Test
    void bothSidesKnowThePeerAndTheProtocol() throws Exception {
        try (Channel dialled = left.dial(right, "content/1");
                Channel accepted = right.accepted()) {
            assertThat(dialled.peer()).isEqualTo(right.id());
            assertThat(accepted.peer()).isEqualTo(left.id());
            assertThat(accepted.peerKey())
                    .isEqualTo(left.identity.certificate().getPublicKey().getEncoded());
            assertThat(List.of(dialled.protocol(), accepted.protocol())).containsOnly("content/1");
            assertThat(dialled.remote()).isEqualTo(right.endpoint());
            assertThat(accepted.remote().ip()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void carriesALotUnchanged() throws Exception {
        long size = 64L << 20;
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        MessageDigest received = MessageDigest.getInstance("SHA-256");
        try (Channel dialled = left.dial(right, "content/1");
                Channel accepted = right.accepted()) {
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> write(dialled, sent, size));
            InputStream in = new DigestInputStream(accepted.input(), received);
            byte[] block = new byte[1 << 20];
            long count = 0;
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                count += n;
            }

            writing.get(1, TimeUnit.MINUTES);
            assertThat(count).isEqualTo(size);
            assertThat(received.digest()).isEqualTo(sent.digest());
        }
    }

    private static void write(Channel channel, MessageDigest digest, long size) {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        try (DigestOutputStream out = new DigestOutputStream(channel.output(), digest)) {
            for (long done = 0; done < size; done += block.length) {
                block[(int) (done >> 20)]++;
                out.write(block);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anotherKeyAtTheAddressIsNamed() throws Exception {
        assertThatThrownBy(
                        () ->
                                left.transport.open(
                                        right.endpoint(), left.id(), "feed/1", TlsHost.SOON))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining(left.id().value())
                .hasMessageContaining(right.id().value());
        assertThat(right.nobodyCameIn()).isTrue();
    }

    @Test
    void aStrangerMayPairAndNothingElse() throws Exception {
        try (TlsHost stranger = new TlsHost()) {
            try (Channel dialled = stranger.dial(right, "pair/1");
                    Channel accepted = right.accepted()) {
                assertThat(accepted.peer()).isEqualTo(stranger.id());
                accepted.output().write(7);
                assertThat(dialled.input().read()).isEqualTo(7);
            }

            assertThatThrownBy(() -> stranger.dial(right, "feed/1").input().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not let this host open feed/1");
            assertThat(right.nobodyCameIn()).isTrue();
        }
    }

    @Test
    void aRemovedMemberDoesNotComeBack() throws Exception {
        left.dial(right, "feed/1").close();
        right.accepted().close();

        right.trust.replace(List.of(right.identity.trusted()), 3);

        assertThatThrownBy(() -> left.dial(right, "feed/1").input().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not let this host open feed/1");
        assertThat(right.nobodyCameIn()).isTrue();
    }

    @Test
    void closingEndsABlockedRead() throws Exception {
        Channel dialled = left.dial(right, "feed/1");
        CompletableFuture<Throwable> reading = failure(() -> dialled.input().read());
        awaitBlocked();

        dialled.close();

        assertThat(reading.get(1, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void closingEndsABlockedWrite() throws Exception {
        Channel dialled = left.dial(right, "feed/1");
        Channel lazy = right.accepted();
        CompletableFuture<Throwable> writing =
                failure(
                        () -> {
                            while (true) {
                                dialled.output().write(new byte[1 << 20]);
                            }
                        });
        awaitBlocked();
        long start = System.nanoTime();

        dialled.close();

        assertThat(writing.get(1, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        lazy.close();
    }

    private static CompletableFuture<Throwable> failure(ThrowingCall call) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                call.run();
                                ended.complete(new AssertionError("it did not fail"));
                            } catch (Exception e) {
                                ended.complete(e);
                            }
                        },
                        "test-blocked");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    private interface ThrowingCall {
        void run() throws Exception;
    }

    /** Waits until the thread of {@link #failure} stands in the kernel and moves no more. */
    private static void awaitBlocked() {
        List<StackTraceElement> last = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            List<StackTraceElement> now = stackOf("test-blocked");
                            boolean same = !now.isEmpty() && now.equals(last);
                            last.clear();
                            last.addAll(now);
                            return same && now.toString().contains("NioSocketImpl");
                        });
    }

    private static List<StackTraceElement> stackOf(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(name))
                .map(entry -> List.of(entry.getValue()))
                .findFirst()
                .orElse(List.of());
    }

    @Test
    void aReadGivesUpInTimeAndMayBeRepeated() throws Exception {
        try (Channel dialled = left.dial(right, "feed/1");
                Channel accepted = right.accepted()) {
            dialled.readTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> dialled.input().read())
                    .isInstanceOf(SocketTimeoutException.class);

            dialled.readTimeout(Duration.ZERO);
            accepted.output().write(9);
            assertThat(dialled.input().read()).isEqualTo(9);
        }
    }

    @Test
    void thePeersCloseIsTheEndOfTheInput() throws Exception {
        try (Channel dialled = left.dial(right, "feed/1")) {
            Channel accepted = right.accepted();
            accepted.output().write(1);
            accepted.close();

            assertThat(dialled.input().readAllBytes()).containsExactly(1);
        }
    }

    @Test
    void aClosedChannelFailsAtOnce() throws Exception {
        Channel dialled = left.dial(right, "feed/1");
        dialled.close();
        dialled.close();

        assertThatThrownBy(() -> dialled.input().read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> dialled.output().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void theEndOfListeningClosesWhatWasAccepted() throws Exception {
        try (Channel dialled = left.dial(right, "feed/1")) {
            Channel accepted = right.accepted();

            right.door.close();

            assertThatThrownBy(() -> accepted.output().write(1)).isInstanceOf(IOException.class);
            assertThat(dialled.input().read()).isEqualTo(-1);
            assertThatThrownBy(() -> left.dial(right, "feed/1")).hasMessageContaining("refused");
        }
    }

    @Test
    void listensAgainOnTheSamePort() throws Exception {
        int port = right.transport.port();
        left.dial(right, "feed/1").close();
        right.door.close();

        TlsTransport again =
                new TlsTransport(right.identity, right.trust, Settings.USUAL.withPort(port));
        try (var door = again.listen(Channel::close)) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void oneAcceptorAtATime() {
        assertThatThrownBy(() -> right.transport.listen(Channel::close))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Settings settings = Settings.USUAL.withPort(taken.getLocalPort());

            assertThatThrownBy(() -> new TlsHost(settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void stoppingClosesWhatWasDialled() throws Exception {
        Channel dialled = left.dial(right, "feed/1");

        left.transport.stop();

        assertThatThrownBy(() -> dialled.output().write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Endpoint endpoint = new Endpoint("tls", "127.0.0.1", silent.getLocalPort());

            assertThatThrownBy(
                            () ->
                                    left.transport.open(
                                            endpoint, right.id(), "feed/1", Duration.ofMillis(300)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("300 ms");
        }
    }
}
