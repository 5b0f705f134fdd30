package org.bowline.content.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;

/** Refuses the first byte beyond what was announced. */
final class BoundedStream extends FilterInputStream {
    private long left;

    BoundedStream(InputStream in, long left) {
        super(in);
        this.left = left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        if (left == 0) {
            if (in.read() < 0) {
                return -1;
            }
            throw new RefusedException(
                    Refusal.UPLOAD_TOO_LONG, "More bytes came than were announced");
        }
        int n = in.read(into, off, (int) Math.min(len, left));
        left -= Math.max(0, n);
        return n;
    }
}
