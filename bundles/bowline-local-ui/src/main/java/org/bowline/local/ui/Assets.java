package org.bowline.local.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the Local UI inside this bundle, read once each. Safe for use by any thread. */
final class Assets {
    private static final String ROOT = "/ui/";

    /** Also what keeps a request inside {@link #ROOT}: no dot may lead a name, no other slash. */
    private static final Pattern NAME = Pattern.compile("(assets/)?[A-Za-z0-9][A-Za-z0-9_.-]*");

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /** The file of that name, such as {@code index.html} or {@code assets/app-ABC.js}. */
    Optional<Asset> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Asset known = read.get(name);
        return known == null ? load(name) : Optional.of(known);
    }

    private Optional<Asset> load(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                return Optional.empty();
            }
            Asset asset = Asset.of(name, in.readAllBytes());
            read.put(name, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException("the Local UI's own file " + name, e);
        }
    }
}
