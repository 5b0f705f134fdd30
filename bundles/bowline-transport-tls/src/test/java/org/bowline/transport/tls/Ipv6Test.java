package org.bowline.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.WrongKeyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same over IPv6; not run where the machine has no {@code ::1}. */
class Ipv6Test {
    @BeforeEach
    void thisMachineHasIpv6() throws Exception {
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null,
                "this machine has no ::1, so TLS over IPv6 is not tested here");
    }

    @Test
    void membersTalkOverIpv6() throws Exception {
        try (TlsHost left = new TlsHost(Settings.USUAL.withBind("::1"));
                TlsHost right = new TlsHost(Settings.USUAL.withBind("0:0:0:0:0:0:0:1"))) {
            TlsHost.link(left, right);
            try (Channel dialled = left.dial(right, "feed/1");
                    Channel accepted = right.accepted()) {
                accepted.output().write(7);
                assertThat(dialled.input().read()).isEqualTo(7);
                dialled.output().write(8);
                assertThat(accepted.input().read()).isEqualTo(8);
                assertThat(accepted.peer()).isEqualTo(left.id());
                assertThat(InetAddress.getByName(accepted.remote().ip()))
                        .isEqualTo(InetAddress.getByName("::1"));
            }
        }
    }

    @Test
    void aHostThatListensEverywhereIsReachedOverBoth() throws Exception {
        try (TlsHost four = new TlsHost();
                TlsHost both = new TlsHost(Settings.USUAL.withBind("::"))) {
            TlsHost.link(four, both);
            for (String ip : new String[] {"127.0.0.1", "::1"}) {
                try (Channel dialled = four.dial(both.at(ip), both.id(), "feed/1");
                        Channel accepted = both.accepted()) {
                    accepted.output().write(7);
                    assertThat(dialled.input().read()).isEqualTo(7);
                    assertThat(InetAddress.getByName(accepted.remote().ip()))
                            .isEqualTo(InetAddress.getByName(ip));
                }
            }
        }
    }

    @Test
    void anotherKeyAtAnIpv6AddressIsNamed() throws Exception {
        try (TlsHost left = new TlsHost(Settings.USUAL.withBind("::1"));
                TlsHost right = new TlsHost(Settings.USUAL.withBind("::1"))) {
            TlsHost.link(left, right);

            assertThatThrownBy(() -> left.dial(right.endpoint(), left.id(), "feed/1"))
                    .isInstanceOf(WrongKeyException.class);
        }
    }
}
