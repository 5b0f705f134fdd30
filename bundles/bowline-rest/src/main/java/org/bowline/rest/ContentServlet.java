package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentStore;
import org.bowline.api.content.Digest;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/content}: what the group wants on every host, and the bytes that this one holds.
 * What was set aside here is for admins, as in {@link AsideServlet}.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/content", "/content/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class ContentServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Catalog catalog;
    private final transient ContentStore store;

    @Activate
    public ContentServlet(@Reference Catalog catalog, @Reference ContentStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/content", Role.VIEWER, this::list),
                Route.of("GET", "/content/{digest}", Role.VIEWER, this::show),
                Route.of("DELETE", "/content/{digest}", Role.OPERATOR, this::retire),
                Route.of("GET", "/content/{digest}/data", Role.VIEWER, this::download));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(Words.content(catalog));
    }

    private void show(Exchange exchange) throws IOException {
        exchange.answer(Words.ContentItem.of(item(exchange)));
    }

    private void retire(Exchange exchange) throws IOException {
        catalog.retire(digest(exchange.value("digest")), exchange.actor());
        exchange.done();
    }

    private void download(Exchange exchange) throws IOException {
        CatalogItem item = item(exchange);
        long size =
                store.size(item.digest())
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.CONTENT_NOT_HERE,
                                                item.name() + " is not whole on this host"));
        new Download(item, size, offset -> store.open(item.digest(), offset)).answer(exchange);
    }

    private CatalogItem item(Exchange exchange) throws RefusedException {
        Digest digest = digest(exchange.value("digest"));
        CatalogItem item =
                catalog.item(digest)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.CONTENT_UNKNOWN,
                                                "The group has no " + digest));
        if (!exchange.caller().role().covers(Role.ADMIN) && !isListed(digest)) {
            throw new RefusedException(
                    Refusal.FORBIDDEN,
                    "It was set aside: this needs admin, you are "
                            + exchange.caller().role().word());
        }
        return item;
    }

    private boolean isListed(Digest digest) {
        return catalog.items().stream().anyMatch(item -> item.digest().equals(digest));
    }

    /**
     * The digest of that text.
     *
     * @throws RefusedException {@code CONTENT_DIGEST_INVALID}
     */
    static Digest digest(String text) throws RefusedException {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.CONTENT_DIGEST_INVALID, "It has " + text.length() + " characters", e);
        }
    }
}
