package org.bowline.identity.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.bowline.api.identity.IpLiteral;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine as the kernel knows it; no name server is ever asked. */
final class Machine {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private Machine() {}

    static String name() {
        try {
            String name = Files.readString(KERNEL_NAME).strip();
            return name.isEmpty() ? "host" : name;
        } catch (IOException e) {
            LOG.warn("{} cannot be read, this host is called \"host\"", KERNEL_NAME, e);
            return "host";
        }
    }

    /** Addresses that others may reach, IPv4 first; loopback if there is none. */
    static List<String> addresses() {
        List<InetAddress> found = new ArrayList<>();
        try {
            for (NetworkInterface card :
                    Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (card.isUp() && !card.isLoopback()) {
                    found.addAll(Collections.list(card.getInetAddresses()));
                }
            }
        } catch (SocketException e) {
            LOG.warn("The machine does not tell its addresses; set addresses in bowline.yaml", e);
        }
        List<String> literals =
                found.stream()
                        .filter(address -> !address.isLinkLocalAddress())
                        .filter(address -> !address.isLoopbackAddress())
                        .filter(address -> !address.isMulticastAddress())
                        .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                        .map(IpLiteral::of)
                        .toList();
        return literals.isEmpty() ? LOOPBACK : literals;
    }
}
