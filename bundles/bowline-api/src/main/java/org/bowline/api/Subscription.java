package org.bowline.api;

/**
 * A watch that goes on until it is closed. Closing twice does no harm; no call arrives after close
 * returns.
 */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
