package org.bowline.shell.content;

import java.util.Comparator;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.shell.output.UsageException;

/** Finds the content bundle that somebody means. */
final class Named {
    private static final int SHORTEST = 6; // hex digits of a shortened digest

    private Named() {}

    /**
     * The item of that digest, of a digest that begins so, or the newest of that name.
     *
     * @throws UsageException if several are meant
     */
    static CatalogItem find(Catalog catalog, String wanted)
            throws RefusedException, UsageException {
        List<CatalogItem> items = catalog.items();
        List<CatalogItem> byDigest = items.stream().filter(item -> digested(item, wanted)).toList();
        if (byDigest.size() > 1) {
            throw new UsageException(
                    byDigest.size()
                            + " content bundles begin with "
                            + wanted
                            + ": use more digits.");
        }
        return byDigest.stream()
                .findFirst()
                .or(
                        () ->
                                items.stream()
                                        .filter(item -> item.name().equals(wanted))
                                        .max(Comparator.comparing(CatalogItem::revision)))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.CONTENT_UNKNOWN,
                                        "There is no " + wanted + " in content:list."));
    }

    private static boolean digested(CatalogItem item, String wanted) {
        String digits =
                wanted.startsWith(Digest.PREFIX)
                        ? wanted.substring(Digest.PREFIX.length())
                        : wanted;
        return digits.length() >= SHORTEST && item.digest().hex().startsWith(digits);
    }
}
