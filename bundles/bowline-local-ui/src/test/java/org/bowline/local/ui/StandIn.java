package org.bowline.local.ui;

import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Stands in for an agent: the real {@link UiServlet} and a REST API with canned answers on one
 * loopback port. Run {@link #main} to look at the Local UI in a browser; {@code /stage/<scene>}
 * changes what it shows.
 */
final class StandIn implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    final Scene scene = new Scene();

    StandIn(int port) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        Map<String, HttpServlet> servlets =
                Map.of(
                        "/*", new UiServlet(),
                        "/api/v1/*", new StandInApi(scene),
                        "/api/v1/events", new StandInEvents(scene),
                        "/stage/*", new StandInStage(scene));
        servlets.forEach((path, servlet) -> context.addServlet(holder(servlet), path));
        server.setHandler(context);
        server.start();
    }

    private static ServletHolder holder(HttpServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        return holder;
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        scene.end();
        server.stop();
    }

    public static void main(String[] args) throws Exception {
        StandIn agent = new StandIn(args.length > 0 ? Integer.parseInt(args[0]) : 5080);
        System.out.println("Local UI at " + agent.url());
        agent.server.join();
    }
}
