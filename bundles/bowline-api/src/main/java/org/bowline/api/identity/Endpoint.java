package org.bowline.api.identity;

/**
 * Where a host can be dialled over one transport.
 *
 * @param transport the transport's name, such as {@code tls}
 * @param ip an IP literal, never a name: nothing here is ever resolved
 * @param port 1 to 65535
 */
public record Endpoint(String transport, String ip, int port) {
    public Endpoint {
        if (transport.isBlank()) {
            throw new IllegalArgumentException("endpoint without transport");
        }
        if (IpLiteral.parse(ip).isEmpty()) {
            throw new IllegalArgumentException("endpoint at " + ip + ", expected an IP address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ", expected 1 to 65535");
        }
    }

    @Override
    public String toString() {
        return transport + "://" + (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
    }
}
