package org.bowline.itests.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.bowline.itests.Agent;

/**
 * Captured bytes, sent to an agent from a socket that knows no TLS.
 *
 * @param wasClosed whether the agent ended the connection
 */
record Replay(boolean wasClosed) {
    private static final int PATIENCE_MS = 11_000; // an agent gives a handshake 10 s

    static Replay of(Agent agent, byte[] captured) throws IOException {
        try (Socket socket = new Socket(agent.files().ip(), agent.files().tls())) {
            socket.setSoTimeout(PATIENCE_MS);
            return new Replay(sentAndClosed(socket, captured));
        }
    }

    private static boolean sentAndClosed(Socket socket, byte[] captured) {
        try {
            socket.getOutputStream().write(captured);
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }
}
