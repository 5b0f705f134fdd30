package org.bowline.shell.door;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** A client at the door, as a test drives it. */
final class TestClient implements AutoCloseable {
    private final SocketChannel socket;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer error = new StringBuffer();
    private final byte[] input;
    private volatile OptionalInt code = OptionalInt.empty();
    private volatile boolean ended;
    volatile int reads;

    private TestClient(Path path, String hello, String input) throws IOException {
        socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        this.input = input.getBytes(StandardCharsets.UTF_8);
        try {
            send(Frame.HELLO, hello.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            error.append("turned away: "); // what the door said is read below
        }
        Thread reader = new Thread(this::read, "test-client");
        reader.setDaemon(true);
        reader.start();
    }

    static TestClient terminal(Path path) throws IOException {
        return new TestClient(
                path,
                """
                {"term": "xterm", "columns": 100, "rows": 30, "input": true, "output": true,
                 "cwd": "/tmp", "env": {}, "command": []}
                """,
                "");
    }

    static TestClient command(Path path, String input, String words) throws IOException {
        return new TestClient(
                path,
                """
                {"term": "xterm", "input": false, "output": false, "cwd": "/tmp", "command": [%s]}
                """
                        .formatted(words),
                input);
    }

    void type(String text) throws IOException {
        send(Frame.DATA, text.getBytes(StandardCharsets.UTF_8));
    }

    void resize(int columns, int rows) throws IOException {
        send(
                Frame.WINDOW,
                ByteBuffer.allocate(4).putShort((short) columns).putShort((short) rows).array());
    }

    /** What stands on the screen, without control sequences. */
    String screen() {
        return out.toString().replaceAll("\u001B\\[[0-9;?]*[A-Za-z]|\u001B[=>]", "");
    }

    String error() {
        return error.toString();
    }

    void awaitScreen(String text) {
        await("screen with " + text + ", has " + screen())
                .atMost(Duration.ofSeconds(10))
                .until(() -> screen().contains(text));
    }

    /** Waits for the prompt to come for the nth time. */
    void awaitPrompt(int count) {
        await("prompt " + count + " in " + screen())
                .atMost(Duration.ofSeconds(10))
                .until(() -> screen().split("bowline@", -1).length > count);
    }

    int awaitExit() {
        await("exit").atMost(Duration.ofSeconds(10)).until(() -> code.isPresent());
        return code.getAsInt();
    }

    boolean ended() {
        return ended;
    }

    private void send(char type, byte[] bytes) throws IOException {
        new Frame(type, bytes).write(socket);
    }

    private void read() {
        try {
            for (var next = Frame.read(socket); next.isPresent(); next = Frame.read(socket)) {
                take(next.get());
            }
        } catch (IOException e) {
            error.append(e);
        }
        ended = true;
    }

    private void take(Frame frame) throws IOException {
        String text = new String(frame.bytes(), StandardCharsets.UTF_8);
        switch (frame.type()) {
            case Frame.OUT -> out.append(text);
            case Frame.ERROR -> error.append(text);
            case Frame.EXIT -> code = OptionalInt.of(ByteBuffer.wrap(frame.bytes()).getInt());
            case Frame.READ -> send(Frame.DATA, reads++ == 0 ? input : new byte[0]);
            default -> throw new IOException("unexpected " + frame.type());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
