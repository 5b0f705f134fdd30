package org.bowline.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bowline.api.content.CatalogItem;
import org.bowline.rest.http.Exchange;

/**
 * The bytes of one content bundle, whole or one range of them (RFC 9110, 14): the digest is the
 * entity tag, so a download that broke off goes on for sure with the same bytes.
 *
 * @param item what is sent
 * @param size its bytes
 * @param source opens them at an offset
 */
record Download(CatalogItem item, long size, Source source) {
    private static final int BUFFER = 64 << 10;

    /** Opens the bytes at an offset. */
    @FunctionalInterface
    interface Source {
        InputStream open(long offset) throws IOException;
    }

    void answer(Exchange exchange) throws IOException {
        HttpServletResponse response = exchange.response();
        String tag = '"' + item.digest().value() + '"';
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag);
        if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        boolean same = exchange.header("If-Range").map(tag::equals).orElse(true);
        Optional<String> asked = exchange.header("Range").filter(range -> same);
        Optional<ByteRange> range = asked.flatMap(text -> ByteRange.of(text, size));
        if (range.isPresent() && range.get().length() == 0) {
            response.setHeader("Content-Range", "bytes */" + size);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        range.ifPresent(
                part -> {
                    response.setHeader("Content-Range", part.header(size));
                    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                });
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + fileName());
        ByteRange part = range.orElse(new ByteRange(0, size));
        response.setContentLengthLong(part.length());
        if (!exchange.request().getMethod().equals("HEAD")) {
            send(part, response.getOutputStream());
        }
    }

    private void send(ByteRange part, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, part.length()))];
        try (InputStream in = source.open(part.first())) {
            for (long left = part.length(); left > 0; ) {
                int read = read(in, buffer, left);
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Unchecked where the disk fails, which is told from a reader who goes away. */
    private int read(InputStream in, byte[] buffer, long left) {
        try {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException(item.digest() + " ends " + left + " bytes early");
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("content cannot be read", e);
        }
    }

    private String fileName() {
        return URLEncoder.encode(item.name(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
