package org.bowline.rest.http;

import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.service.component.annotations.Component;

/**
 * What Felix's configuration does not reach in Jetty. Felix hands every server that it starts to
 * its connector factories, which is the one way in; the connector made here never opens a port.
 *
 * <p>Jetty compares the name in a request with those in the certificate and answers a bare "Invalid
 * SNI" where they differ. The host's certificate names its key, no addresses, so that check goes;
 * {@code HostNames} makes its own and explains it.
 */
@Component(service = ConnectorFactory.class)
public final class JettyTuning implements ConnectorFactory {
    private static final int MIN_THREADS = 2;

    @Override
    public Connector createConnector(Server server) {
        ConnectionCap cap = new ConnectionCap();
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof AbstractConnector open) {
                open.addEventListener(cap);
            }
            for (ConnectionFactory factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                    tune(http.getHttpConfiguration());
                }
            }
        }
        if (server.getThreadPool() instanceof QueuedThreadPool pool) {
            pool.setMinThreads(MIN_THREADS);
        }
        server.setErrorHandler(new ProblemPages());
        return new Silent(server);
    }

    private static void tune(HttpConfiguration http) {
        SecureRequestCustomizer secure = http.getCustomizer(SecureRequestCustomizer.class);
        if (secure != null) {
            secure.setSniHostCheck(false);
        }
    }

    /** Felix asks every connector for its port and takes none but this class; this one has none. */
    private static final class Silent extends ServerConnector {
        Silent(Server server) {
            super(server, 0, 1);
        }

        @Override
        protected void doStart() {
            // neither port nor thread: nobody is to reach it
        }

        @Override
        protected void doStop() {
            // nothing was started
        }
    }
}
