package org.bowline.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.audit.Audit;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.rest.auth.Gate;
import org.bowline.rest.auth.SessionServlet;
import org.bowline.rest.auth.Settings;
import org.bowline.rest.auth.SetupServlet;
import org.bowline.rest.auth.TestAccess;
import org.bowline.rest.auth.TokensServlet;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.JettyTuning;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.RestSettings;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The whole room in a real Jetty on a loopback port, above rooms in memory. */
public final class Stage implements AutoCloseable {
    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    /** The API tokens provisioned on it: one for each role. */
    static final String[] ROLES = {"viewer", "operator", "deployer", "admin"};

    final FakePairing pairing = new FakePairing();
    final FakeContent content = new FakeContent();
    final TestIdentity identity = new TestIdentity();
    final Readiness readiness = new Readiness();
    final AtomicLong nanos = new AtomicLong(); // the hub's clock
    final EventHub hub;
    final MemoryAudit audit = new MemoryAudit(identity.id());
    final Set<HostId> unreadable = ConcurrentHashMap.newKeySet();
    final TestAccess access;
    final AsideGroup group;
    final TestHost host;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();

    Stage(Path data) throws Exception {
        this(data, Settings.provisioned(ROLES));
    }

    Stage(Path data, RestSettings settings) throws Exception {
        this(data, settings, Duration.ofMillis(250));
    }

    /**
     * @param pace the least time between two events of one subject
     */
    Stage(Path data, RestSettings settings, Duration pace) throws Exception {
        hub = new EventHub(readiness, nanos::get, pace);
        host = TestHost.linkable("edge-1", data, new Endpoint("tls", "192.0.2.7", 5082));
        access = new TestAccess(host, identity, settings, audit);
        readiness.pairings = List.of(pairing);
        readiness.catalogs = List.of(content);
        group = new AsideGroup(memory());
        readiness.groups = List.of(group.group);
        hub.groups = List.of(group.group);
        hub.pairings = List.of(pairing);
        hub.catalogs = List.of(content);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(RestContext.PATH);
        FilterHolder gate = new FilterHolder(new Gate(access.access, access.records));
        gate.setAsyncSupported(true);
        context.addFilter(gate, "/*", EnumSet.of(DispatcherType.REQUEST));
        for (ApiServlet servlet : servlets()) {
            ServletHolder holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            for (String pattern : Patterns.of(servlet.getClass())) {
                context.addServlet(holder, pattern);
            }
        }
        server.setHandler(context);
        server.start();
        new JettyTuning().createConnector(server).start();
    }

    private MemoryGroup memory() {
        Member member = new Member(identity.id(), "key", host.facts(), 1);
        return new MemoryGroup(new MemoryGroup.World(), member);
    }

    /** Every servlet there is. */
    List<ApiServlet> servlets() {
        List<ApiServlet> all = new ArrayList<>();
        all.add(new AsideServlet(group.group, access.records));
        all.add(new AuditServlet(asked(), identity));
        all.add(new AwayServlet());
        all.add(new ContentServlet(content, content));
        all.add(new DiagnosticsServlet(group.group));
        all.add(new EventsServlet(hub));
        all.add(new HealthServlet(readiness));
        all.add(new HostsServlet(pairing, readiness));
        all.add(new LeaderServlet(pairing));
        all.add(new LinkServlet(pairing));
        all.add(new SyncServlet(content));
        all.add(new UploadsServlet(content));
        all.add(new SessionServlet(access.access, access.records));
        all.add(new SetupServlet(access.access, identity, access.records));
        all.add(new TokensServlet(access.access, access.records));
        return all;
    }

    /** The audit, but for the hosts whose logs cannot be read. */
    private Audit asked() {
        return (Audit)
                Proxy.newProxyInstance(
                        Audit.class.getClassLoader(),
                        new Class<?>[] {Audit.class},
                        (self, method, args) -> {
                            if (method.getName().equals("verify") && unreadable.contains(args[0])) {
                                throw new IOException("no route to host");
                            }
                            return method.invoke(audit, args);
                        });
    }

    int port() {
        return connector.getLocalPort();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port() + RestContext.PATH + path));
    }

    /** With the API token of that role. */
    HttpRequest.Builder as(String role, String path) {
        return to(path).header("Authorization", "Bearer " + Settings.token(role));
    }

    /** Every answer is held against openapi.yaml. */
    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Contract.check(answer);
        return answer;
    }

    HttpResponse<String> get(String role, String path) throws Exception {
        return send(as(role, path));
    }

    HttpResponse<String> send(String role, String method, String path, String body)
            throws Exception {
        return send(
                as(role, path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    /** The named cause, such as {@code sign-in-required}. */
    static String problem(HttpResponse<String> response) throws IOException {
        JsonNode problem = json(response);
        if (problem.path("status").asInt() != response.statusCode()) {
            throw new AssertionError("status differs: " + response.body());
        }
        return problem.path("type").asText().replace("urn:bowline:problem:", "");
    }

    @Override
    public void close() throws Exception {
        hub.stop();
        server.stop();
    }
}
