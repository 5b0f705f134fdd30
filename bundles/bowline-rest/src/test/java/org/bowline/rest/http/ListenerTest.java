package org.bowline.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bowline.rest.auth.Settings;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ListenerTest {
    @TempDir Path data;

    private final TestIdentity identity = new TestIdentity();
    private final AtomicReference<Dictionary<?, ?>> pushed = new AtomicReference<>();

    private Listener listener() {
        Configuration configuration =
                fake(
                        Configuration.class,
                        (method, args) -> {
                            pushed.set(args == null ? null : (Dictionary<?, ?>) args[0]);
                            return method.equals("delete") ? null : true;
                        });
        ConfigurationAdmin admin = fake(ConfigurationAdmin.class, (method, args) -> configuration);
        return new Listener(admin, TestHost.linkable("edge-1", data), identity);
    }

    private interface Answer {
        Object to(String method, Object[] args);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, args) -> answer.to(method.getName(), args)));
    }

    private String pushed(String key) {
        return String.valueOf(pushed.get().get(key));
    }

    @Test
    void listensByHttpsAloneWhereTheOperatorWants() throws Exception {
        listener().start(Settings.fresh(5443));

        assertThat(pushed("org.apache.felix.http.name")).isEqualTo("bowline");
        assertThat(pushed("org.apache.felix.http.enable")).isEqualTo("false");
        assertThat(pushed("org.apache.felix.https.enable")).isEqualTo("true");
        assertThat(pushed("org.osgi.service.http.port.secure")).isEqualTo("5443");
        assertThat(pushed("org.apache.felix.http.host")).isEqualTo("127.0.0.1");
        assertThat((String[]) pushed.get().get("org.apache.felix.https.jetty.protocols.included"))
                .containsExactly("TLSv1.3");
    }

    @Test
    void listensNoMoreWhenItEnds() throws Exception {
        Listener listener = listener();
        listener.start(Settings.fresh(5443));

        listener.stop();

        assertThat(pushed.get()).isNull();
    }

    @Test
    void keepsTheKeyFromEverybodyElseAndBetweenStarts() throws Exception {
        listener().start(Settings.fresh(5443));
        Path keys = Path.of(pushed("org.apache.felix.https.keystore"));
        String password = pushed("org.apache.felix.https.keystore.password");
        byte[] first = Files.readAllBytes(keys);

        listener().start(Settings.fresh(5443));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllBytes(keys)).isEqualTo(first);
        assertThat(pushed("org.apache.felix.https.keystore.password")).isEqualTo(password);
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws Exception {
        listener().start(Settings.fresh(5443));
        Path keys = Path.of(pushed("org.apache.felix.https.keystore"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> listener().start(Settings.fresh(5443)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void servesByTheHostsOwnKeyUnderEveryName() throws Exception {
        try (Tls tls = new Tls()) {
            try (SSLSocket socket = tls.connect("TLSv1.3")) {
                socket.startHandshake();
                assertThat(socket.getSession().getPeerCertificates()[0])
                        .isEqualTo(identity.certificate());

                String answer = ask(socket, "GET /hello HTTP/1.1\r\nHost: 192.0.2.99:5080\r\n");

                assertThat(answer).startsWith("HTTP/1.1 200").contains("hello");
                assertThat(answer).doesNotContain("Server:");
            }
        }
    }

    @Test
    void tellsAsAProblemWhatJettyItselfRefuses() throws Exception {
        try (Tls tls = new Tls();
                SSLSocket socket = tls.connect("TLSv1.3")) {
            String header = "X-Long: " + "a".repeat(40_000) + "\r\n";

            String answer = ask(socket, "GET /hello HTTP/1.1\r\nHost: a\r\n" + header);

            assertThat(answer).startsWith("HTTP/1.1 431").contains("request-too-large");
            assertThat(answer).contains("application/problem+json").doesNotContain("<html");
        }
    }

    @Test
    void speaksNoOlderTls() throws Exception {
        try (Tls tls = new Tls();
                SSLSocket socket = tls.connect("TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void nobodyTakesMoreConnectionsThanAPageNeeds() throws Exception {
        List<Socket> taken = new ArrayList<>();
        try (Tls tls = new Tls()) {
            for (int i = 0; i < ConnectionCap.MAX_OF_SOURCE; i++) {
                taken.add(new Socket("127.0.0.1", tls.port()));
            }
            await().ignoreExceptions().until(() -> refused(tls));

            taken.remove(0).close();

            await().until(() -> !refused(tls));
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    /** Whether a handshake there ends before it began. */
    private static boolean refused(Tls tls) throws Exception {
        try (SSLSocket socket = tls.connect("TLSv1.3")) {
            socket.startHandshake();
            return false;
        } catch (SSLException | SocketException e) {
            return true;
        }
    }

    private static String ask(SSLSocket socket, String head) throws IOException {
        socket.getOutputStream()
                .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A Jetty made by what the listener pushed, as Felix makes it. */
    private final class Tls implements AutoCloseable {
        private final Server server = new Server();
        private final ServerConnector connector;

        Tls() throws Exception {
            listener().start(Settings.fresh(5443));
            SslContextFactory.Server ssl = new SslContextFactory.Server();
            ssl.setKeyStorePath(pushed("org.apache.felix.https.keystore"));
            ssl.setKeyStoreType(pushed("org.apache.felix.https.keystore.type"));
            ssl.setKeyStorePassword(pushed("org.apache.felix.https.keystore.password"));
            ssl.setIncludeProtocols("TLSv1.3");
            HttpConfiguration http = new HttpConfiguration();
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(16 << 10);
            http.addCustomizer(new SecureRequestCustomizer());
            connector =
                    new ServerConnector(
                            server,
                            new SslConnectionFactory(ssl, "http/1.1"),
                            new HttpConnectionFactory(http));
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler("/");
            context.addServlet(new ServletHolder(new Hello()), "/hello");
            server.setHandler(context);
            server.start();
            new JettyTuning().createConnector(server);
        }

        int port() {
            return connector.getLocalPort();
        }

        SSLSocket connect(String protocol) throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port());
            socket.setEnabledProtocols(new String[] {protocol});
            return socket;
        }

        @Override
        public void close() throws Exception {
            server.stop();
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().write("hello");
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
