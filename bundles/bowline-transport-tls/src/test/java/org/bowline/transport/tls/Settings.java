package org.bowline.transport.tls;

import java.lang.annotation.Annotation;

/** The settings of a transport under test: any free port of loopback, and the defaults. */
record Settings(
        int port, String bind, int connections_per_source, int half_open, int handshake_timeout_ms)
        implements TlsTransport.Config {
    static final Settings USUAL = new Settings(0, "127.0.0.1", 256, 64, 10_000);

    Settings withPort(int other) {
        return new Settings(other, bind, connections_per_source, half_open, handshake_timeout_ms);
    }

    Settings withBind(String other) {
        return new Settings(port, other, connections_per_source, half_open, handshake_timeout_ms);
    }

    Settings withConnectionsPerSource(int other) {
        return new Settings(port, bind, other, half_open, handshake_timeout_ms);
    }

    Settings withHandshakeTimeout(int ms) {
        return new Settings(port, bind, connections_per_source, half_open, ms);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return TlsTransport.Config.class;
    }
}
