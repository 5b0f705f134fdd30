package org.bowline.api.transport;

import java.io.IOException;
import org.bowline.api.identity.HostId;

/** At that address another host answered than the one that was asked for. */
public class WrongKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongKeyException(HostId expected, HostId found) {
        super("expected host " + expected + ", but " + found + " answered");
    }
}
