package org.bowline.shell.content;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.Sizes;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/** {@code content:remove}: retires a content bundle on every host. */
@Service
@Command(
        scope = "content",
        name = "remove",
        description = "Retires a content bundle; its bytes come free on every host.")
public final class RemoveCommand extends BowlineCommand {
    @Argument(
            name = "content",
            description = "Its name or digest.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(ContentCompleter.class)
    List<String> words = List.of();

    @Option(name = "-y", aliases = "--yes", description = "Does not ask.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only says what would happen.")
    boolean dry;

    @Reference(optional = true)
    @Nullable Catalog catalog;

    @Override
    protected int run(Screen screen) throws Exception {
        CatalogItem item = one(room(catalog), required(words, "content bundle"));
        screen.line(
                "%s, revision %d, %s, %s: it goes from %d hosts.",
                item.name(),
                item.revision(),
                Sizes.text(item.size()),
                item.digest(),
                room(catalog).holdings().size());
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, "Remove " + item.name() + "?")) {
            screen.line("Nothing was changed.");
            return CANCELLED;
        }
        room(catalog).retire(item.digest(), screen.actor());
        screen.line("%s is removed.", item.name());
        return OK;
    }

    /** A name that stands for several revisions does not say which one shall go. */
    private static CatalogItem one(Catalog room, String content) throws Exception {
        CatalogItem item = Named.find(room, content);
        long same = room.items().stream().filter(other -> other.name().equals(content)).count();
        if (same > 1) {
            throw new UsageException(
                    content + " has " + same + " revisions: use the digest (content:list).");
        }
        return item;
    }
}
