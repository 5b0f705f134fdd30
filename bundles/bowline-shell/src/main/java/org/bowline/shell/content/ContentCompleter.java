package org.bowline.shell.content;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.shell.output.Tame;
import org.jspecify.annotations.Nullable;

/** Completes digests and names of content. */
@Service
public final class ContentCompleter implements Completer {
    @Reference(optional = true)
    @Nullable Catalog catalog;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Catalog room = catalog;
        List<String> words =
                room == null
                        ? List.of()
                        : Tame.words(room.items().stream().flatMap(ContentCompleter::names))
                                .distinct()
                                .toList();
        return new StringsCompleter(words).complete(session, line, candidates);
    }

    private static Stream<String> names(CatalogItem item) {
        return Stream.of(item.name(), item.digest().value());
    }
}
