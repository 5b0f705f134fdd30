package org.bowline.content.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.bowline.api.content.Digest;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.DiskContentStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives other hosts the manifests and chunks that this one has, whether or not the content is whole
 * here. Answers in the order of the questions; holds one frame in memory per channel.
 */
@Component
public final class ContentServer implements ProtocolHandler {
    /** The protocol's name. */
    public static final String PROTOCOL = "content/1";

    private static final int QUESTIONS = 8 << 10; // bytes read ahead

    private final DiskContentStore store;

    @Activate
    public ContentServer(@Reference DiskContentStore store) {
        this.store = store;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void handle(Channel channel) throws IOException {
        DataInputStream in =
                new DataInputStream(new BufferedInputStream(channel.input(), QUESTIONS));
        OutputStream out = channel.output();
        byte[] frame = new byte[Frame.HEAD + Frame.MAX_PAYLOAD];
        try {
            while (true) {
                answer(Frame.read(in), in, out, frame);
            }
        } catch (EOFException e) {
            return; // the asker is done
        }
    }

    private void answer(Frame question, DataInputStream in, OutputStream out, byte[] frame)
            throws IOException {
        byte[] payload = in.readNBytes(question.length());
        boolean known = question.kind() == Frame.GET_CHUNK || question.kind() == Frame.GET_MANIFEST;
        if (!known || payload.length != Sha256.LENGTH) {
            Frame.write(out, frame, Frame.UNKNOWN, 0, question.id(), 0);
            return;
        }
        Digest digest = Sha256.named(payload);
        Optional<InputStream> found =
                question.kind() == Frame.GET_CHUNK
                        ? store.chunks().open(digest)
                        : store.manifests().bytes(digest);
        if (found.isEmpty()) {
            Frame.write(out, frame, Frame.NOT_HERE, 0, question.id(), 0);
            return;
        }
        try (InputStream bytes = found.get()) {
            send(bytes, question.id(), out, frame);
        }
    }

    private static void send(InputStream bytes, int id, OutputStream out, byte[] frame)
            throws IOException {
        int n = Frame.MAX_PAYLOAD;
        while (n == Frame.MAX_PAYLOAD) {
            n = bytes.readNBytes(frame, Frame.HEAD, Frame.MAX_PAYLOAD);
            int last = n < Frame.MAX_PAYLOAD ? Frame.LAST : 0;
            Frame.write(out, frame, Frame.DATA, last, id, n);
        }
    }
}
