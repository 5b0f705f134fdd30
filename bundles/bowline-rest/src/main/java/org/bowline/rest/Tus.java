package org.bowline.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Uploads;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Problem;
import org.bowline.rest.http.RestContext;

/**
 * Resumable uploads by tus 1.0.0 (tus.io/protocols/resumable-upload): core, creation, termination,
 * checksum. The last part answers once the content is the group's. Safe for use by any thread.
 */
final class Tus {
    private static final String VERSION = "1.0.0";
    private static final String MEDIA_TYPE = "application/offset+octet-stream";
    private static final int CHECKSUM_MISMATCH = 460;
    private static final int REMEMBERED = 100;

    private final Uploads uploads;

    /** What ended lately, so that a sender whose last answer was lost learns that it is done. */
    private final Map<String, CatalogItem> ended =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, CatalogItem> oldest) {
                            return size() > REMEMBERED;
                        }
                    });

    Tus(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Whether the request is one of tus. */
    static boolean spoken(Exchange exchange) {
        return exchange.header("Tus-Resumable").isPresent();
    }

    void options(Exchange exchange) {
        HttpServletResponse response = exchange.response();
        response.setHeader("Tus-Resumable", VERSION);
        response.setHeader("Tus-Version", VERSION);
        response.setHeader("Tus-Extension", "creation,termination,checksum");
        response.setHeader("Tus-Checksum-Algorithm", Slice.ALGORITHM);
        exchange.done();
    }

    void create(Exchange exchange) throws IOException {
        begin(exchange);
        long length = number(exchange, "Upload-Length");
        String name = name(exchange.header("Upload-Metadata").orElse(""));
        Uploads.Upload upload = uploads.create(name, OptionalLong.of(length), exchange.actor());
        HttpServletResponse response = exchange.response();
        response.setHeader("Location", RestContext.PATH + "/uploads/" + upload.id());
        response.setHeader("Upload-Offset", "0");
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    void offset(Exchange exchange) throws IOException {
        begin(exchange);
        String id = exchange.value("id");
        CatalogItem done = ended.get(id);
        long offset = done != null ? done.size() : find(id).offset();
        OptionalLong length = done != null ? OptionalLong.of(done.size()) : find(id).length();
        HttpServletResponse response = exchange.response();
        response.setHeader("Upload-Offset", Long.toString(offset));
        length.ifPresent(all -> response.setHeader("Upload-Length", Long.toString(all)));
        response.setStatus(HttpServletResponse.SC_OK);
    }

    void append(Exchange exchange) throws IOException {
        begin(exchange);
        String id = exchange.value("id");
        long offset = number(exchange, "Upload-Offset");
        if (!MEDIA_TYPE.equals(exchange.request().getContentType())) {
            throw Exchange.invalid("The body is not " + MEDIA_TYPE);
        }
        CatalogItem done = ended.get(id);
        if (done != null && offset == done.size()) {
            answer(exchange, offset);
            return;
        }
        try (Slice slice = Slice.of(exchange)) {
            Uploads.Upload upload = uploads.append(id, offset, slice.bytes());
            if (upload.length().isPresent() && upload.offset() == upload.length().getAsLong()) {
                ended.put(id, uploads.finish(id, Optional.empty()));
            }
            answer(exchange, upload.offset());
        } catch (RefusedException e) {
            if (e.refusal() != Refusal.CHECKSUM_MISMATCH) {
                throw e;
            }
            Problem.of(e).withStatus(CHECKSUM_MISMATCH).send(exchange.response());
        }
    }

    void cancel(Exchange exchange) throws IOException {
        begin(exchange);
        uploads.cancel(find(exchange.value("id")).id());
        exchange.done();
    }

    private static void answer(Exchange exchange, long offset) {
        exchange.response().setHeader("Upload-Offset", Long.toString(offset));
        exchange.done();
    }

    private static void begin(Exchange exchange) throws IOException {
        exchange.response().setHeader("Tus-Resumable", VERSION);
        String version = exchange.header("Tus-Resumable").orElse(VERSION);
        if (!version.equals(VERSION)) {
            exchange.response().setHeader("Tus-Version", VERSION);
            throw Exchange.invalid("tus " + version + ", expected " + VERSION);
        }
    }

    private Uploads.Upload find(String id) throws RefusedException {
        return uploads.find(id)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.UPLOAD_UNKNOWN, "This host has no such upload"));
    }

    private static long number(Exchange exchange, String header) throws RefusedException {
        String text = exchange.header(header).orElse("");
        if (!text.matches("[0-9]{1,18}")) {
            throw Exchange.invalid(header + " is not a number of bytes");
        }
        return Long.parseLong(text);
    }

    /** The value of {@code filename} or {@code name}: pairs of a key and base64, with commas. */
    private static String name(String metadata) throws RefusedException {
        for (String pair : metadata.split(",")) {
            String[] parts = pair.strip().split(" ");
            if (parts.length == 2 && (parts[0].equals("filename") || parts[0].equals("name"))) {
                try {
                    byte[] name = Base64.getDecoder().decode(parts[1]);
                    return new String(name, StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    throw new RefusedException(
                            Refusal.CONTENT_NAME_INVALID, "Its metadata is not base64", e);
                }
            }
        }
        throw new RefusedException(Refusal.CONTENT_NAME_INVALID, "Upload-Metadata has no filename");
    }
}
