package org.bowline.content;

import java.io.FilterOutputStream;
import java.io.IOException;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.wire.ContentServer;

/** Serves content with one bit turned in every large frame. */
final class Liar implements ProtocolHandler {
    private static final int LARGE = 1000; // bytes; a manifest's frames are smaller here

    private final ContentServer server;

    Liar(DiskContentStore store) {
        this.server = new ContentServer(store);
    }

    @Override
    public String protocol() {
        return server.protocol();
    }

    @Override
    public void handle(Channel channel) throws IOException {
        server.handle(
                new Tap.ChangedOutput(
                        channel,
                        new FilterOutputStream(channel.output()) {
                            @Override
                            public void write(byte[] bytes, int off, int len) throws IOException {
                                if (len > LARGE) {
                                    bytes[off + len - 1] ^= 1;
                                }
                                out.write(bytes, off, len);
                            }
                        }));
    }
}
