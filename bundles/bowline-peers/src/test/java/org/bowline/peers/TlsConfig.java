package org.bowline.peers;

import java.lang.annotation.Annotation;
import org.bowline.transport.tls.TlsTransport;

/** The defaults, on any free port of loopback. */
record TlsConfig() implements TlsTransport.Config {
    @Override
    public int port() {
        return 0;
    }

    @Override
    public String bind() {
        return "127.0.0.1";
    }

    @Override
    public int connections_per_source() {
        return 256;
    }

    @Override
    public int half_open() {
        return 64;
    }

    @Override
    public int handshake_timeout_ms() {
        return 10_000;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return TlsTransport.Config.class;
    }
}
