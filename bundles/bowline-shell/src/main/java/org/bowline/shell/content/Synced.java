package org.bowline.shell.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;

/**
 * How many hosts hold a content bundle.
 *
 * @param done hosts that are Synced in it
 * @param all hosts that were heard of
 */
record Synced(int done, int all) {
    static Synced of(Catalog catalog, Digest digest) {
        Collection<Map<Digest, Holding>> hosts = catalog.holdings().values();
        List<Holding> known =
                hosts.stream().map(host -> host.get(digest)).filter(Objects::nonNull).toList();
        int done =
                (int)
                        known.stream()
                                .filter(holding -> holding.state() == Holding.State.SYNCED)
                                .count();
        return new Synced(done, hosts.size());
    }

    boolean everywhere() {
        return all > 0 && done == all;
    }

    @Override
    public String toString() {
        return done + "/" + all;
    }
}
