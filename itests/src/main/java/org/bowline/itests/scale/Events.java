package org.bowline.itests.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bowline.itests.Agent;
import org.bowline.itests.AnyKey;

/**
 * An agent's stream of events, as a page listens to it: notes when a name was first seen. Owns a
 * thread of its own that ends with the stream.
 */
final class Events {
    private static final Pattern NAME = Pattern.compile("\"name\":\"(change-[0-9]+)\"");

    private final Map<String, Long> seen =
            new ConcurrentHashMap<>(); // guarded by this when awaited
    private final BufferedReader lines;

    private Events(BufferedReader lines) {
        this.lines = lines;
    }

    /** Begins to listen; the first event has come when this returns. */
    static Events of(Agent agent) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(agent.url() + "/api/v1/events"))
                        .header("Authorization", "Bearer " + agent.token())
                        .build();
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new AnyKey()}, null);
            HttpResponse<java.io.InputStream> answer =
                    HttpClient.newBuilder()
                            .sslContext(tls)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()
                            .send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IOException(agent.name() + " tells no events: " + answer.statusCode());
            }
            Events events =
                    new Events(
                            new BufferedReader(
                                    new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
            events.lines.readLine();
            Thread thread = new Thread(events::listen, "events of " + agent.name());
            thread.setDaemon(true);
            thread.start();
            return events;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    private void listen() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                for (Matcher names = NAME.matcher(line); names.find(); ) {
                    note(names.group(1), now);
                }
            }
        } catch (IOException e) {
            note("", System.nanoTime()); // the agent has ended; who still waits runs into its limit
        }
    }

    private synchronized void note(String name, long now) {
        seen.putIfAbsent(name, now);
        notifyAll();
    }

    /** When that name was seen first, by nanoTime; waits for it. */
    synchronized long seen(String name, long seconds) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!seen.containsKey(name)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    throw new IOException(name + " was not seen in " + seconds + " s");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return seen.get(name);
    }
}
