package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.bowline.api.content.Uploads;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Items;
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
 * {@code /api/v1/uploads} takes content in. In parts, by tus 1.0 (core, creation, termination,
 * checksum with sha256): an upload goes on where it stood, also after a restart. Or in one go:
 * {@code curl -T FILE https://HOST:5080/api/v1/uploads/NAME}, optionally with the digest that is
 * expected in {@code ?digest=sha256:…}, {@code Repr-Digest} or {@code Digest}; one that breaks off
 * leaves nothing.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/uploads", "/uploads/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class UploadsServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private record UploadRow(String id, String name, long offset, OptionalLong length) {
        static UploadRow of(Uploads.Upload upload) {
            return new UploadRow(upload.id(), upload.name(), upload.offset(), upload.length());
        }
    }

    private final transient Uploads uploads;
    private final transient Tus tus;
    private final transient PlainUpload plain;

    @Activate
    public UploadsServlet(@Reference Uploads uploads) {
        this.uploads = uploads;
        this.tus = new Tus(uploads);
        this.plain = new PlainUpload(uploads);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/uploads", Role.OPERATOR, this::list),
                Route.of("OPTIONS", "/uploads", Role.ANYONE, tus::options),
                Route.of("POST", "/uploads", Role.OPERATOR, this::create),
                Route.of("PUT", "/uploads", Role.OPERATOR, plain::take),
                Route.of("PUT", "/uploads/{id}", Role.OPERATOR, plain::take),
                Route.of("GET", "/uploads/{id}", Role.OPERATOR, tus::offset),
                Route.of("PATCH", "/uploads/{id}", Role.OPERATOR, tus::append),
                Route.of("DELETE", "/uploads/{id}", Role.OPERATOR, tus::cancel));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(new Items<>(uploads.all().stream().map(UploadRow::of).toList()));
    }

    private void create(Exchange exchange) throws IOException {
        if (Tus.spoken(exchange)) {
            tus.create(exchange);
        } else {
            plain.take(exchange);
        }
    }
}
