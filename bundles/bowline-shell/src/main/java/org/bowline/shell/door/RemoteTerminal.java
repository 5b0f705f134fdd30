package org.bowline.shell.door;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.terminal.SignalSupport;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * The client's terminal as JLine and Karaf see it. Karaf's shell asks for one object that is both.
 */
final class RemoteTerminal extends LineDisciplineTerminal implements Terminal {
    private final SignalSupport signals = new SignalSupport();

    RemoteTerminal(String type, OutputStream output, int columns, int rows) throws IOException {
        super("bowline", type, output, StandardCharsets.UTF_8);
        setSize(new Size(columns, rows));
    }

    /** Whether this byte, typed now, is Ctrl-C and not text. */
    boolean interrupts(byte typed) {
        return attributes.getLocalFlag(LocalFlag.ISIG)
                && typed == attributes.getControlChar(ControlChar.VINTR);
    }

    /**
     * Drops what was typed and not read yet. It reads instead of asking what is there: JLine counts
     * only one of its two buffers as available, and a read makes room in the other.
     */
    void dropInput() throws IOException {
        int dropped;
        do {
            dropped = slaveInput.read(1L); // milliseconds
        } while (dropped >= 0);
    }

    /** Takes another size and tells whoever draws. */
    void resize(int columns, int rows) {
        setSize(new Size(columns, rows));
        raise(Signal.WINCH);
    }

    @Override
    public void raise(Signal signal) {
        super.raise(signal);
        signals.signal(org.apache.karaf.shell.api.console.Signal.valueOf(signal.name()));
    }

    @Override
    public int getWidth() {
        return getSize().getColumns();
    }

    @Override
    public int getHeight() {
        return getSize().getRows();
    }

    @Override
    public boolean isAnsiSupported() {
        return !"dumb".equals(getType());
    }

    @Override
    public boolean isEchoEnabled() {
        return echo();
    }

    @Override
    public void setEchoEnabled(boolean enabled) {
        echo(enabled);
    }

    @Override
    public void addSignalListener(
            SignalListener listener, org.apache.karaf.shell.api.console.Signal... wanted) {
        signals.addSignalListener(listener, wanted);
    }

    @Override
    public void addSignalListener(
            SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> wanted) {
        signals.addSignalListener(listener, wanted);
    }

    @Override
    public void addSignalListener(SignalListener listener) {
        signals.addSignalListener(listener);
    }

    @Override
    public void removeSignalListener(SignalListener listener) {
        signals.removeSignalListener(listener);
    }
}
