package org.bowline.shell.link;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.output.Tame;
import org.jspecify.annotations.Nullable;

/** Completes the names of linked hosts. */
@Service
public final class HostCompleter implements Completer {
    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Pairing room = pairing;
        List<String> names =
                room == null
                        ? List.of()
                        : Tame.words(room.hosts().stream().map(HostRow::name)).toList();
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
