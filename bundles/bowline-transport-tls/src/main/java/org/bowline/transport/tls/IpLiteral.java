package org.bowline.transport.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads addresses that are no names, so that no name server is ever asked. */
final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /**
     * The address that is written there.
     *
     * @throws UnknownHostException if it is a name or nothing at all
     */
    static InetAddress parse(String text) throws UnknownHostException {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            throw new UnknownHostException(text + " is no IP address; names are never looked up");
        }
        return InetAddress.getByName(text); // resolves nothing: it has digits or a colon first
    }

    /** The address as {@link #parse} reads it. */
    static String of(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
