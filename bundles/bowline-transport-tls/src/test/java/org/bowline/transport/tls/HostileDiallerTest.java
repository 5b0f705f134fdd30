package org.bowline.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.WrongKeyException;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes over the network is refused without harm: the next honest host gets in. */
class HostileDiallerTest {
    private TlsHost honest;
    private TlsHost target;
    private final List<Socket> opened = new ArrayList<>();

    @BeforeEach
    void twoMembers() throws Exception {
        honest = new TlsHost();
        target = new TlsHost();
        TlsHost.link(honest, target);
    }

    @AfterEach
    void honestHostsStillGetIn() throws Exception {
        assertThat(target.nobodyCameIn()).isTrue();
        try (Channel dialled = honest.dial(target, "feed/1");
                Channel accepted = target.accepted()) {
            accepted.output().write(1);
            assertThat(dialled.input().read()).isEqualTo(1);
        } finally {
            for (Socket socket : opened) {
                socket.close();
            }
            honest.close();
            target.close();
        }
    }

    @Test
    void tls12IsRefused() throws Exception {
        assertRefused(context("TLSv1.2", new OwnKey(honest.identity)), asking("feed/1"));
    }

    @Test
    void aDiallerWithoutACertificateIsRefused() throws Exception {
        assertRefused(context("TLSv1.3"), asking("feed/1"));
    }

    @Test
    void aDiallerWithoutAProtocolIsRefused() throws Exception {
        assertRefused(
                context("TLSv1.3", new OwnKey(honest.identity)),
                SSLContext.getDefault().getDefaultSSLParameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1", "feed/0", "FEED/1", "feed/1 ", "feed/../1"})
    void aProtocolOfAnotherFormIsRefused(String protocol) throws Exception {
        assertRefused(context("TLSv1.3", new OwnKey(honest.identity)), asking(protocol));
    }

    @Test
    void severalProtocolsAtOnceAreRefused() throws Exception {
        assertRefused(context("TLSv1.3", new OwnKey(honest.identity)), asking("feed/1", "raft/1"));
    }

    @Test
    void otherSuitesAreRefused() throws Exception {
        SSLParameters chacha = asking("feed/1");
        chacha.setCipherSuites(new String[] {"TLS_CHACHA20_POLY1305_SHA256"});

        assertRefused(context("TLSv1.3", new OwnKey(honest.identity)), chacha);
    }

    @Test
    void theCertificateOfAnotherIsRefused() throws Exception {
        Identity thief = new Borrowed(honest.identity.certificate(), new TestIdentity());

        assertRefused(context("TLSv1.3", new OwnKey(thief)), asking("feed/1"));
    }

    @Test
    void whoAnswersWithTheCertificateOfAnotherIsAWrongKey() throws Exception {
        Identity thief = new Borrowed(target.identity.certificate(), new TestIdentity());
        TlsTransport impostor = TlsHost.dialler(thief);
        try (Closeable door = impostor.listen(Channel::close)) {
            Endpoint there = new Endpoint("tls", "127.0.0.1", impostor.port());

            assertThatThrownBy(() -> honest.dial(there, target.id(), "pair/1"))
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessageContaining("does not own its key");
        }
    }

    @Test
    void garbageIsRefused() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(3).nextBytes(garbage);
        try (Socket socket = new Socket("127.0.0.1", target.transport.port())) {
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    socket.getOutputStream().write(garbage);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSlowHandshakeIsCutOff() throws Exception {
        try (TlsHost hasty = new TlsHost(Settings.USUAL.withHandshakeTimeout(400));
                Socket socket = new Socket("127.0.0.1", hasty.transport.port())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1}); // of a ClientHello
            socket.setSoTimeout(5000);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void silentConnectionsKeepNobodyOut() throws Exception {
        for (int i = 0; i < 200; i++) {
            opened.add(new Socket("127.0.0.1", target.transport.port()));
        }
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            try (Channel dialled = honest.dial(target, "feed/1");
                                    Channel accepted = target.accepted()) {
                                accepted.output().write(1);
                                assertThat(dialled.input().read()).isEqualTo(1);
                            }
                        });
        assertThat(threads("bowline-tls-handshake")).isLessThanOrEqualTo(64);
    }

    @Test
    void oneAddressHasItsShareOnly() throws Exception {
        try (TlsHost strict = new TlsHost(Settings.USUAL.withConnectionsPerSource(2))) {
            TlsHost.link(honest, strict);
            Channel first = honest.dial(strict, "feed/1");
            Channel second = honest.dial(strict, "feed/1");
            strict.accepted();
            strict.accepted();

            assertThatThrownBy(() -> honest.dial(strict, "feed/1").input().read())
                    .isInstanceOf(IOException.class);
            first.close();
            second.close();
        } finally {
            TlsHost.link(honest, target);
        }
    }

    @Test
    void aRemovedMemberIsNotBackByAResumedSession() throws Exception {
        SSLContext one = context("TLSv1.3", new OwnKey(honest.identity));
        letIn(one);
        target.trust.replace(List.of(target.identity.trusted()), 3);
        try {
            assertRefused(one, asking("feed/1"));
        } finally {
            TlsHost.link(honest, target);
        }
    }

    @Test
    void everyConnectionIsASessionOfItsOwn() throws Exception {
        SSLContext one = context("TLSv1.3", new OwnKey(honest.identity));
        long first = letIn(one).getCreationTime();
        await().until(() -> System.currentTimeMillis() > first);

        assertThat(letIn(one).getCreationTime()).isGreaterThan(first); // a resumed one's is equal
    }

    @Test
    void datesOfACertificateDoNotDecide() throws Exception {
        X509Certificate longGone = longGone(honest.identity.certificate());
        assertThatThrownBy(longGone::checkValidity).isNotNull();
        TlsTransport outdated = TlsHost.dialler(new Borrowed(longGone, honest.identity));

        try (Channel dialled =
                        outdated.open(target.endpoint(), target.id(), "feed/1", TlsHost.SOON);
                Channel accepted = target.accepted()) {
            assertThat(accepted.peer()).isEqualTo(honest.id());
        }
    }

    private void assertRefused(SSLContext context, SSLParameters parameters) {
        assertThatThrownBy(
                        () -> {
                            SSLSocket socket = connect(context, parameters);
                            if (socket.getInputStream().read() < 0) {
                                throw new IOException("closed");
                            }
                        })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private SSLSession letIn(SSLContext context) throws Exception {
        SSLSocket socket = connect(context, asking("feed/1"));
        target.accepted().output().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1); // a ticket would be read first
        return socket.getSession();
    }

    private SSLSocket connect(SSLContext context, SSLParameters parameters) throws IOException {
        int port = target.transport.port();
        Socket raw = new Socket("127.0.0.1", port);
        opened.add(raw); // closed there: an SSLSocket's close would wait for the other side
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(raw, "127.0.0.1", port, true);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(5000);
        socket.startHandshake();
        return socket;
    }

    private static SSLParameters asking(String... protocols) {
        SSLParameters parameters = new SSLParameters();
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    private static SSLContext context(String version, KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance(version);
        context.init(keys, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    /** The same certificate, but its time was over in 2001; its seal is broken, as nobody looks. */
    private static X509Certificate longGone(X509Certificate certificate) throws Exception {
        String der = new String(certificate.getEncoded(), StandardCharsets.ISO_8859_1);
        byte[] changed =
                der.replace("99991231235959Z", "20010101000000Z")
                        .getBytes(StandardCharsets.ISO_8859_1);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(changed));
    }

    /** Shows one certificate, signs with another's key. */
    private record Borrowed(X509Certificate certificate, Identity signer) implements Identity {
        @Override
        public HostId id() {
            return HostId.of(certificate.getPublicKey());
        }

        @Override
        public PrivateKey privateKey() {
            return signer.privateKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return signer.sign(message);
        }
    }
}
