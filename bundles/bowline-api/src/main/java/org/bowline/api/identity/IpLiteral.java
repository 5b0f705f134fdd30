package org.bowline.api.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads IPv4 and IPv6 addresses as people write them. A name is never resolved: whoever answers for
 * a name could choose where a host dials, and a site without a name server would wait for one.
 * {@link InetAddress#getByName} alone resolves whatever it cannot read.
 */
public final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /** The address that is written there; empty if it is a name, has a zone, or is nothing. */
    public static Optional<InetAddress> parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty(); // has colons, yet is no IPv6 address
        }
    }

    /** The address as {@link #parse} reads it: without a zone, which only this machine knows. */
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** Whether the address can belong to one host: neither a group's, nor everybody's, nor none. */
    public static boolean isUnicast(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !address.getHostAddress().equals("255.255.255.255");
    }
}
