package org.bowline.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries this terminal to the agent's shell until the session ends. */
final class Interactive {
    private final Wire wire;
    private final Terminal terminal;

    Interactive(Wire wire, Terminal terminal) {
        this.wire = wire;
        this.terminal = terminal;
    }

    /** Returns the exit code once the session has ended; the terminal is as it was before. */
    int run() throws IOException {
        int[] size = terminal.size();
        Runtime.getRuntime().addShutdownHook(new Thread(terminal::restore, "bowline-restore"));
        terminal.raw();
        try {
            wire.hello(Hello.of(terminal, size[0], size[1], List.of()));
            watchSize();
            Thread typing = new Thread(this::type, "bowline-typing");
            typing.setDaemon(true);
            typing.start();
            return new Output(wire, null).run();
        } finally {
            terminal.restore();
        }
    }

    private void type() {
        byte[] bytes = new byte[8 << 10];
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            int count = 0;
            while (count >= 0) {
                count = in.read(bytes);
                wire.send(Wire.DATA, bytes, Math.max(count, 0));
            }
        } catch (IOException e) {
            // the session is over: the thread that reads the agent ends the process
            Thread.currentThread().interrupt();
        }
    }

    /**
     * By reflection: the compiler warns of this class in a way that cannot be told to be silent.
     */
    private void watchSize() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object resized =
                    Proxy.newProxyInstance(
                            Interactive.class.getClassLoader(),
                            new Class<?>[] {handler},
                            new Resized());
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("WINCH"),
                            resized);
        } catch (ReflectiveOperationException e) {
            System.err.println("bowline: the shell will not notice another size: " + e + "\r");
        }
    }

    private final class Resized implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
                throws Throwable {
            if (!method.getName().equals("handle")) {
                return method.invoke(this, arguments);
            }
            int[] size = terminal.size();
            byte[] bytes = {
                (byte) (size[0] >> 8), (byte) size[0], (byte) (size[1] >> 8), (byte) size[1]
            };
            wire.send(Wire.WINDOW, bytes, bytes.length);
            return null;
        }
    }
}
