package org.bowline.rest.auth;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bowline.api.audit.Act;
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

/** {@code /api/v1/tokens}: API tokens, each shown once, when it is made. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/tokens", "/tokens/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class TokensServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DAYS = 3660;

    private record TokenRow(String id, String name, Role role, Optional<Instant> expiresAt) {
        static TokenRow of(ApiTokens.ApiToken token) {
            return new TokenRow(token.id(), token.name(), token.role(), token.expiresAt());
        }
    }

    private record Made(
            String id, String name, Role role, Optional<Instant> expiresAt, String token) {
        @Override
        public String toString() {
            return "token " + id;
        }
    }

    private record Wanted(@Nullable String name, @Nullable String role, @Nullable Integer days) {}

    private final transient Access access;
    private final transient Records records;

    @Activate
    public TokensServlet(@Reference Access access, @Reference Records records) {
        this.access = access;
        this.records = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/tokens", Role.ADMIN, this::list),
                Route.of("POST", "/tokens", Role.ADMIN, this::make),
                Route.of("DELETE", "/tokens/{id}", Role.ADMIN, this::remove));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(new Items<>(access.tokens.all().stream().map(TokenRow::of).toList()));
    }

    private void make(Exchange exchange) throws IOException {
        Wanted wanted = exchange.body(Wanted.class);
        if (wanted.name() == null || wanted.role() == null) {
            throw Exchange.invalid("A token has name and role");
        }
        Integer days = wanted.days();
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw Exchange.invalid("days is " + days + ", expected 1 to " + MAX_DAYS);
        }
        Optional<Instant> expiresAt =
                Optional.ofNullable(days).map(count -> access.tokens.after(Duration.ofDays(count)));
        String text;
        try {
            text = access.tokens.make(wanted.name(), Role.ofWord(wanted.role()), expiresAt);
        } catch (IllegalArgumentException e) {
            throw Exchange.invalid(String.valueOf(e.getMessage()));
        }
        TokenRow row = TokenRow.of(access.tokens.check(text).orElseThrow());
        String what = "API token " + Records.clean(row.name()) + ", " + row.role().word();
        records.record(Act.done(exchange.actor(), "token.make", row.id(), what));
        exchange.answer(
                HttpServletResponse.SC_CREATED,
                new Made(row.id(), row.name(), row.role(), row.expiresAt(), text));
    }

    private void remove(Exchange exchange) throws IOException {
        String id = exchange.value("id");
        access.tokens.remove(id);
        records.record(Act.done(exchange.actor(), "token.remove", id, "API token"));
        exchange.done();
    }
}
