package org.bowline.rest.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.Host;

/**
 * By which names this host may be called: its addresses, loopback, its name and those that the
 * operator adds. A page that has its own name point here is thereby kept out.
 */
final class HostNames {
    private final Host host;
    private final List<String> more;

    HostNames(Host host, List<String> more) {
        this.host = host;
        this.more = more.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * @throws RefusedException {@code HOST_NAME_UNKNOWN}
     */
    void check(HttpServletRequest request) throws RefusedException {
        String name = bare(request.getServerName()).toLowerCase(Locale.ROOT);
        if (!own(name) && !name.equals(bare(String.valueOf(request.getLocalAddr())))) {
            throw new RefusedException(
                    Refusal.HOST_NAME_UNKNOWN, "The request was for " + printable(name));
        }
    }

    private boolean own(String name) {
        return name.equals("localhost")
                || name.equals("::1")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals(host.facts().name().toLowerCase(Locale.ROOT))
                || more.contains(name)
                || host.facts().endpoints().stream().anyMatch(at -> at.ip().equals(name));
    }

    private static String bare(String name) {
        boolean brackets = name.startsWith("[") && name.endsWith("]");
        String literal = brackets ? name.substring(1, name.length() - 1) : name;
        return literal.equals("0:0:0:0:0:0:0:1") ? "::1" : literal;
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9.:-]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
    }
}
