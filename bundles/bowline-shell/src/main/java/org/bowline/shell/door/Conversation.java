package org.bowline.shell.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.bowline.shell.output.Screen;

/** What a client is connected to. The calls come from the thread that reads the socket. */
interface Conversation {
    /**
     * Runs until it is over, on a thread of its own.
     *
     * @return the exit code
     */
    int run();

    /** Bytes typed or piped in; none of them means the end of input. Never waits for a command. */
    void data(byte[] bytes) throws IOException;

    /** The terminal has another size now. */
    void window(int columns, int rows);

    /** The client is gone, or the agent stops: ends {@link #run}. */
    void hangUp();

    /** Tells a new session of the client. */
    static void introduce(Session session, Hello hello) {
        Path directory = hello.directory();
        if (Files.isDirectory(directory)) {
            session.currentDir(directory);
        }
        session.put(Screen.COLOURS, hello.colours());
        session.put(Screen.TERMINAL, hello.output());
        session.put(Screen.ASKS, hello.input());
    }
}
