package org.bowline.shell.door;

import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.CommandLoggingFilter;
import org.osgi.service.component.annotations.Component;

/** Keeps tokens out of the log, where Karaf writes every command line at level debug. */
@Component
public final class TokenFilter implements CommandLoggingFilter {
    private static final Pattern TOKEN = Pattern.compile("(\\bjoin\\s+)[^|;]*");

    @Override
    public CharSequence filter(CharSequence command) {
        return TOKEN.matcher(command).replaceAll("$1(hidden)");
    }
}
