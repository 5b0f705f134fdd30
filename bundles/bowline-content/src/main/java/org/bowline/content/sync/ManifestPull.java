package org.bowline.content.sync;

import java.io.IOException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.identity.HostId;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Manifests;
import org.bowline.content.wire.Conversation;

/** Brings a content's manifest to this disk. One thread. */
final class ManifestPull {
    private final CatalogItem item;
    private final DiskContentStore store;
    private final Sources sources;

    private long length;

    ManifestPull(CatalogItem item, DiskContentStore store, Sources sources) {
        this.item = item;
        this.store = store;
        this.sources = sources;
    }

    /** Answers false if that host cannot give it; it is then not asked for a while. */
    boolean from(HostId host) throws IOException {
        try (Manifests.Draft draft = store.manifests().draft()) {
            if (!receive(host, draft)) {
                return false;
            }
            Digest digest = draft.end();
            if (!digest.equals(item.manifest())) {
                sources.distrust(host, "a wrong manifest of " + item.name());
                return false;
            }
            draft.keep(digest, () -> store.fetches().put(item.digest(), item));
            return true;
        }
    }

    private boolean receive(HostId host, Manifests.Draft draft) {
        boolean inOrder = false;
        Conversation conversation = null;
        try {
            conversation = sources.open(host);
            conversation.askManifest(item.manifest());
            length = 0;
            boolean there =
                    conversation.take(
                            (in, n) -> {
                                length += n;
                                if (length > Manifest.longest(item.size())) {
                                    throw new IOException("a manifest that is too long");
                                }
                                draft.raw(in.readNBytes(n), 0, n);
                            });
            inOrder = true;
            return there;
        } catch (IOException e) {
            sources.pause(host, e);
            return false;
        } finally {
            if (conversation != null) {
                sources.end(conversation, inOrder);
            }
        }
    }
}
