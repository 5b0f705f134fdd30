package org.bowline.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;

/** Sends standard input, a part each time the agent asks. */
final class Input implements Runnable {
    private final Wire wire;
    private int asked; // guarded by this

    Input(Wire wire) {
        this.wire = wire;
    }

    /** One more part is wanted. */
    synchronized void ask() {
        asked++;
        if (asked == 1) {
            notifyAll();
        }
    }

    @Override
    public void run() {
        byte[] bytes = new byte[64 << 10];
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        try {
            int count = 0;
            while (count >= 0) {
                await();
                count = in.read(bytes);
                wire.send(Wire.DATA, bytes, Math.max(count, 0));
            }
        } catch (IOException | InterruptedException e) {
            // the command is over: the thread that reads the agent ends the process
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void await() throws InterruptedException {
        while (asked == 0) {
            wait();
        }
        asked--;
    }
}
