package org.bowline.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Items;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/link}: links this host to another and unlinks it; {@code /api/v1/operations}: the
 * links since the start, as they go.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/link", "/link/*", "/operations", "/operations/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class LinkServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private record Pasted(@Nullable String token) {
        @Override
        public String toString() {
            return "pasted token";
        }
    }

    private final transient Pairing pairing;

    @Activate
    public LinkServlet(@Reference Pairing pairing) {
        this.pairing = pairing;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/link", Role.VIEWER, this::show),
                Route.of("POST", "/link", Role.OPERATOR, this::link).withDryRun(),
                Route.of("POST", "/link/preview", Role.OPERATOR, this::preview).withDryRun(),
                Route.of("DELETE", "/link", Role.OPERATOR, this::unlink).withDryRun(),
                Route.of("GET", "/operations", Role.VIEWER, this::operations),
                Route.of("GET", "/operations/{id}", Role.VIEWER, this::operation));
    }

    private void show(Exchange exchange) throws IOException {
        exchange.answer(pairing.link());
    }

    private void preview(Exchange exchange) throws IOException {
        exchange.answer(pairing.preview(token(exchange)));
    }

    private void link(Exchange exchange) throws IOException {
        if (exchange.dryRun()) {
            preview(exchange);
            return;
        }
        Duration wait = exchange.waiting();
        LinkView.Operation begun = pairing.link(token(exchange), exchange.actor());
        LinkView.Operation now = wait.isZero() ? begun : await(begun, wait);
        exchange.response().setHeader("Location", RestContext.PATH + "/operations/" + begun.id());
        exchange.answer(ended(now) ? HttpServletResponse.SC_OK : 202, now);
    }

    private static String token(Exchange exchange) throws IOException {
        String token = exchange.body(Pasted.class).token();
        return token == null ? "" : token.strip();
    }

    private void unlink(Exchange exchange) throws IOException {
        if (exchange.dryRun()) {
            exchange.answer(pairing.plan(Plan.Act.UNLINK, Optional.empty()));
            return;
        }
        pairing.unlink(exchange.actor());
        exchange.done();
    }

    private void operations(Exchange exchange) throws IOException {
        exchange.answer(new Items<>(pairing.link().operations()));
    }

    private void operation(Exchange exchange) throws IOException {
        Duration wait = exchange.waiting();
        LinkView.Operation operation = find(exchange.value("id"));
        exchange.answer(wait.isZero() ? operation : await(operation, wait));
    }

    private LinkView.Operation find(String id) throws RefusedException {
        return known(id)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.NOT_FOUND, "No operation has the id " + id));
    }

    private Optional<LinkView.Operation> known(String id) {
        return pairing.link().operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst();
    }

    /** Waits until the operation has ended or the time is over; answers it as it is then. */
    private LinkView.Operation await(LinkView.Operation begun, Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        Semaphore changed = new Semaphore(0);
        try (Subscription watch = pairing.watch(changed::release)) {
            LinkView.Operation now = known(begun.id()).orElse(begun);
            for (long left = wait.toNanos(); !ended(now) && left > 0; ) {
                changed.tryAcquire(left, TimeUnit.NANOSECONDS);
                changed.drainPermits();
                now = known(begun.id()).orElse(now);
                left = end - System.nanoTime();
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a link went on");
        }
    }

    private static boolean ended(LinkView.Operation operation) {
        return operation.status() == LinkStatus.COMPLETED
                || operation.status() == LinkStatus.FAILED;
    }
}
