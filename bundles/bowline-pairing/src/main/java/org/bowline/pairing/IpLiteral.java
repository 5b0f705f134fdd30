package org.bowline.pairing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Judges addresses without ever asking a name server. */
final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /** Whether the text is an IPv4 or IPv6 literal that can belong to one host. */
    static boolean isUnicast(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return !address.isAnyLocalAddress()
                    && !address.isMulticastAddress()
                    && !address.getHostAddress().equals("255.255.255.255");
        } catch (UnknownHostException e) {
            return false; // has colons, yet is no IPv6 address
        }
    }
}
