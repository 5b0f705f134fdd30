package org.bowline.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Uploads;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.RestContext;

/** Content that comes in one request, its bytes being the body. */
final class PlainUpload {
    /** RFC 9530 and, spelled the same for this hash, RFC 3230. */
    private static final Pattern SHA256 =
            Pattern.compile("(?i)(?:^|,)\\s*sha-256=:?([A-Za-z0-9+/]{43}=):?");

    private final Uploads uploads;

    PlainUpload(Uploads uploads) {
        this.uploads = uploads;
    }

    void take(Exchange exchange) throws IOException {
        String media = String.valueOf(exchange.request().getContentType());
        if (media.startsWith("multipart/")) {
            throw Exchange.invalid("The body is a form; send the file itself, as curl -T does");
        }
        Optional<Digest> expected = expected(exchange);
        long announced = exchange.request().getContentLengthLong();
        OptionalLong length = announced < 0 ? OptionalLong.empty() : OptionalLong.of(announced);
        Uploads.Upload begun = uploads.create(name(exchange), length, exchange.actor());
        CatalogItem item = append(exchange, begun.id(), expected);
        exchange.response().setHeader("Location", RestContext.PATH + "/content/" + item.digest());
        exchange.answer(HttpServletResponse.SC_CREATED, Words.ContentItem.of(item));
    }

    private CatalogItem append(Exchange exchange, String id, Optional<Digest> expected)
            throws IOException {
        boolean keep = false;
        try {
            uploads.append(id, 0, exchange.input());
            CatalogItem item = uploads.finish(id, expected);
            keep = true;
            return item;
        } catch (RefusedException e) {
            // Without an answer of the group the commit may still come true: the bytes stay.
            keep = e.refusal() == Refusal.NO_QUORUM;
            throw e;
        } finally {
            if (!keep && uploads.find(id).isPresent()) {
                uploads.cancel(id);
            }
        }
    }

    private static String name(Exchange exchange) throws RefusedException {
        String inPath = exchange.values().get("id");
        if (inPath != null) {
            return inPath;
        }
        return exchange.query("name")
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.CONTENT_NAME_INVALID,
                                        "Name it: PUT /uploads/NAME or ?name=NAME"));
    }

    private static Optional<Digest> expected(Exchange exchange) throws RefusedException {
        Optional<String> query = exchange.query("digest");
        if (query.isPresent()) {
            return Optional.of(ContentServlet.digest(query.get()));
        }
        Optional<String> header =
                exchange.header("Repr-Digest").or(() -> exchange.header("Digest"));
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Matcher sha256 = SHA256.matcher(header.get());
        if (!sha256.find()) {
            return Optional.empty(); // of another hash, which proves nothing here
        }
        byte[] hash = Base64.getDecoder().decode(sha256.group(1));
        return Optional.of(new Digest(Digest.PREFIX + HexFormat.of().formatHex(hash)));
    }
}
