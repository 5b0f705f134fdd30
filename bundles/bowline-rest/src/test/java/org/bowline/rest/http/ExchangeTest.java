package org.bowline.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    /** A body that goes on for ever, a byte at a time, each after a millisecond. */
    private static final class Dribble extends InputStream {
        private long came;

        @Override
        public int read() {
            throw new UnsupportedOperationException("is read in pieces");
        }

        @Override
        public int read(byte[] into, int off, int len) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            came++;
            return 1;
        }
    }

    @Test
    void aBodyThatIsRefusedIsReadNoLongerThanOneThatIsNot() throws IOException {
        Dribble body = new Dribble();

        Exchange.drain(body, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));

        assertThat(body.came).isBetween(1L, 20L);
    }
}
