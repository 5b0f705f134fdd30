package org.bowline.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** HTTP as no well-behaved client would send it. */
final class RawHttps {
    private RawHttps() {}

    /** Announces more bytes than it sends, then is gone without a word. */
    static void sendHalf(Agent agent, String path, long announced, byte[] sent) throws IOException {
        String head =
                "PUT %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(
                                path,
                                agent.files().ip(),
                                agent.files().ui(),
                                agent.token(),
                                announced);
        try (SSLSocket socket =
                (SSLSocket)
                        Rest.trusting()
                                .getSocketFactory()
                                .createSocket(agent.files().ip(), agent.files().ui())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(sent);
            out.flush();
        }
    }
}
