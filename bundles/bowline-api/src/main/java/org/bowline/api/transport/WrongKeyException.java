package org.bowline.api.transport;

import java.io.IOException;
import org.bowline.api.identity.HostId;

/** At that address another host answered than the one that was asked for. */
public class WrongKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongKeyException(HostId expected, HostId found) {
        super("expected host " + expected + ", but " + found + " answered");
    }

    /**
     * The other one shows the certificate of the host that was asked for, which anybody can get.
     */
    public WrongKeyException(HostId expected) {
        super("what answered shows the certificate of " + expected + ", but does not own its key");
    }
}
