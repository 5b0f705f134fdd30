package org.bowline.shell.door;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;

/** The commands that a line names, and nothing else of it: an argument may be a secret. */
final class CommandNames {
    private static final Pattern SEPARATORS = Pattern.compile("[|;&(){}\n]");

    private CommandNames() {}

    /** Only names that the shell knows are told, so what stands in a wrong place is not. */
    static List<String> in(List<String> words, Registry registry) {
        Set<String> known = new TreeSet<>();
        for (Command command : registry.getCommands()) {
            known.add(command.getName());
            known.add(command.getScope() + ":" + command.getName());
        }
        return SEPARATORS
                .splitAsStream(words.get(0))
                .map(part -> part.strip().split("\\s", 2)[0])
                .filter(known::contains)
                .distinct()
                .toList();
    }
}
