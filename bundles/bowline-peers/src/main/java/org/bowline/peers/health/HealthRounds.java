package org.bowline.peers.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bowline.api.peers.HealthCheck;
import org.bowline.api.peers.HealthCheck.Complaint;
import org.bowline.api.peers.HealthReport;
import org.bowline.api.peers.Presence;
import org.bowline.peers.NamedThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every {@link HealthCheck} every five seconds and says the outcome in presence. Owns the
 * thread {@code bowline-health}.
 */
@Component(service = {})
public final class HealthRounds {
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HealthRounds.class);
    private static final int LONGEST =
            300; // characters of a reason or a fix; see Presence.MAX_VALUE

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<HealthCheck> checks = List.of();

    private final Presence presence;
    private final ObjectMapper json = new JsonMapper();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("bowline-health"));

    @Activate // wiring only; no thread runs before start
    public HealthRounds(@Reference Presence presence) {
        this.presence = presence;
    }

    @Activate
    void start() {
        timer.scheduleWithFixedDelay(this::round, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }

    /** One round: asks, and says. */
    void round() {
        try {
            presence.say(HealthReport.KEY, encode(report()));
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("A round of health checks failed; the next one follows", e);
        }
    }

    private HealthReport report() {
        List<String> reasons = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        for (HealthCheck check : checks) {
            complaint(check)
                    .ifPresent(
                            complaint -> {
                                reasons.add(complaint.reason());
                                fixes.add(complaint.fix());
                            });
        }
        if (reasons.isEmpty()) {
            return HealthReport.HEALTHY;
        }
        return new HealthReport(HealthReport.State.UNHEALTHY, join(reasons), join(fixes));
    }

    /** Cut further while it is too long: letters may take several bytes. */
    private byte[] encode(HealthReport report) throws JsonProcessingException {
        byte[] said = json.writeValueAsBytes(report);
        for (int longest = LONGEST; said.length > Presence.MAX_VALUE; longest /= 2) {
            said =
                    json.writeValueAsBytes(
                            new HealthReport(
                                    report.state(),
                                    cut(report.reason(), longest),
                                    cut(report.fix(), longest)));
        }
        return said;
    }

    private static Optional<Complaint> complaint(HealthCheck check) {
        try {
            return check.complaint();
        } catch (RuntimeException e) {
            LOG.warn("The check {} failed and counts as a complaint", check.name(), e);
            return Optional.of(
                    new Complaint(
                            "The check " + check.name() + " does not work",
                            "Look for it in the log of this host"));
        }
    }

    private static String join(List<String> sentences) {
        return cut(String.join("; ", sentences), LONGEST);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
