package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameTest {
    private SocketChannel here;
    private SocketChannel there;

    @BeforeEach
    void connect(@TempDir Path directory) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            here = SocketChannel.open(address);
            there = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        here.close();
        there.close();
    }

    @Test
    void arrivesAsItWasSent() throws IOException {
        new Frame(Frame.OUT, "hällo".getBytes(StandardCharsets.UTF_8)).write(here);
        new Frame(Frame.DATA, new byte[0]).write(here);
        Frame.exit(130).write(here);
        here.close();

        Frame first = Frame.read(there).orElseThrow();
        assertThat(first.type()).isEqualTo('O');
        assertThat(first.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("hällo");
        assertThat(Frame.read(there).orElseThrow().bytes()).isEmpty();
        assertThat(Frame.read(there).orElseThrow().bytes()).containsExactly(0, 0, 0, 130);
        assertThat(Frame.read(there)).isEqualTo(Optional.empty());
    }

    @Test
    void anEndInTheMiddleIsNoOrdinaryEnd() throws IOException {
        here.write(ByteBuffer.wrap(new byte[] {'D', 0, 0, 0, 9, 1, 2}));
        here.close();

        assertThatThrownBy(() -> Frame.read(there)).isInstanceOf(EOFException.class);
    }

    @Test
    void aLengthBeyondTheLimitTakesNoMemory() throws IOException {
        here.write(ByteBuffer.wrap(new byte[] {'D', 127, 0, 0, 0}));

        assertThatThrownBy(() -> Frame.read(there))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected at most");
    }
}
