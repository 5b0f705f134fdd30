package org.bowline.content;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.content.ContentStore.Space;
import org.bowline.api.peers.HealthCheck;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Sizes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Complains while the store cannot take anything more. */
@Component
public final class StoreHealth implements HealthCheck {
    private final DiskContentStore store;

    @Activate
    public StoreHealth(@Reference DiskContentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "store-space";
    }

    @Override
    public Optional<Complaint> complaint() {
        if (!Files.isWritable(store.tmp())) {
            return Optional.of(
                    new Complaint(
                            "The store cannot be written",
                            "Check the disk and the owner of the data directory."));
        }
        try {
            Space space = store.space();
            return space.free() > 0
                    ? Optional.empty()
                    : Optional.of(
                            new Complaint(
                                    "The store is full: " + Sizes.text(space.used()) + " used",
                                    Refusal.STORE_FULL.fix()));
        } catch (UncheckedIOException e) {
            return Optional.of(
                    new Complaint("The disk of the store does not answer", "Check the disk."));
        }
    }
}
