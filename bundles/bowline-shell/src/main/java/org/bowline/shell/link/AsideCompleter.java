package org.bowline.shell.link;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.shell.output.Tame;
import org.jspecify.annotations.Nullable;

/** Completes the ids of what was set aside. */
@Service
public final class AsideCompleter implements Completer {
    @Reference(optional = true)
    @Nullable Group group;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Group room = group;
        List<String> ids =
                room == null
                        ? List.of()
                        : Tame.words(room.aside().stream().map(Aside::id)).toList();
        return new StringsCompleter(ids).complete(session, line, candidates);
    }
}
