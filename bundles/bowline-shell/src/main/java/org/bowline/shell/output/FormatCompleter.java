package org.bowline.shell.output;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes what {@code -o} takes. */
@Service
public final class FormatCompleter implements Completer {
    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(List.of("table", "wide", "json", "yaml", "csv"))
                .complete(session, line, candidates);
    }
}
