package org.bowline.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Reason;
import org.bowline.rest.auth.Records;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Items;
import org.bowline.rest.http.Json;
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
 * {@code /api/v1/group/aside}: what this host alone held of a group when it followed the takeover
 * of it. Deleting it is recorded here, because the group is not told who asks.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/group/aside", "/group/aside/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class AsideServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;
    private static final String DROP = "drop-aside";

    /** An item whose value is JSON again, as its room wrote it. */
    private record Item(
            Aside.What what,
            String slice,
            String key,
            @Nullable JsonNode value,
            long revision,
            @Nullable Actor actor,
            @Nullable HostId host,
            @Nullable Instant time) {
        static Item of(Aside.Item item) {
            byte[] value = item.value();
            return new Item(
                    item.what(),
                    item.slice(),
                    item.key(),
                    value == null ? null : json(value),
                    item.revision(),
                    item.actor(),
                    item.host(),
                    item.time());
        }
    }

    private record AsideView(
            String id,
            String group,
            long generation,
            String successor,
            Instant time,
            List<Item> items) {
        static AsideView of(Aside aside) {
            return new AsideView(
                    aside.id(),
                    aside.group(),
                    aside.generation(),
                    aside.successor(),
                    aside.time(),
                    aside.items().stream().map(Item::of).toList());
        }
    }

    /** In the words of pairing's plans. */
    private record Drop(
            String act, List<Change> changes, List<String> stays, Optional<Reason> refused) {
        private record Change(String host, String what) {}
    }

    private final transient Group group;
    private final transient Records records;

    @Activate
    public AsideServlet(@Reference Group group, @Reference Records records) {
        this.group = group;
        this.records = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/group/aside", Role.ADMIN, this::list),
                Route.of("DELETE", "/group/aside/{id}", Role.ADMIN, this::drop).withDryRun());
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(new Items<>(group.aside().stream().map(AsideView::of).toList()));
    }

    private void drop(Exchange exchange) throws IOException {
        Aside aside = find(exchange.value("id"));
        String what = aside.items().size() + " changes of group " + aside.group();
        if (exchange.dryRun()) {
            exchange.answer(plan(what));
            return;
        }
        group.dropAside(aside.id());
        records.record(Act.done(exchange.actor(), "group.drop-aside", aside.id(), what));
        exchange.done();
    }

    private Drop plan(String what) {
        String host = group.view().self().value();
        String name =
                group.view().member(group.view().self()).map(m -> m.facts().name()).orElse(host);
        return new Drop(
                DROP,
                List.of(new Drop.Change(name, what + " are deleted here, for good")),
                List.of("What the group holds stays as it is on every host"),
                Optional.empty());
    }

    private Aside find(String id) throws RefusedException {
        return group.aside().stream()
                .filter(aside -> aside.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.NOT_FOUND, "Nothing set aside has that id"));
    }

    /** What is not JSON, or deeper than this API reads, is told as text. */
    private static JsonNode json(byte[] value) {
        try {
            return Json.mapper().readTree(value);
        } catch (IOException e) {
            return new TextNode(new String(value, StandardCharsets.UTF_8));
        }
    }
}
