package org.bowline.shell.link;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.TokenView;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/**
 * {@code link:token}: shows the token that links another host to this one. On a host that does not
 * lead yet this is what Generate token is in the Local UI: it leads from then on.
 */
@Service
@Command(
        scope = "link",
        name = "token",
        description = "Shows the token that links another host to this one; leads from then on.")
public final class TokenCommand extends BowlineCommand {
    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json or yaml.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Option(name = "--no-format", description = "Only the token.")
    boolean bare;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        LeaderView before = room(pairing).leader();
        LeaderView leader = before.leading() ? before : room(pairing).startLeading(screen.actor());
        TokenView token =
                leader.token()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.NOT_LEADING,
                                                "It stopped leading at this moment."));
        if (bare) {
            screen.line(token.text());
        } else if (!"table".equals(format)) {
            Listing.tree(screen, format, Json.tree(token));
        } else {
            show(screen, token, !before.leading());
        }
        return OK;
    }

    private static void show(Screen screen, TokenView token, boolean began) {
        if (began) {
            screen.line("This host leads from now on. Take that back with link:stop.");
        }
        screen.line(
                "Token, works once, %d s left, addresses %s:",
                token.left().toSeconds(), String.join(" ", token.addresses()));
        screen.line("");
        screen.line(screen.strong(token.text()));
        screen.line("");
        screen.line("On the other host: run  bin/bowline link:join  and paste it there.");
    }
}
