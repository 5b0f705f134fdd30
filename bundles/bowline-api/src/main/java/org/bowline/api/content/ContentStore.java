package org.bowline.api.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The content this host's disk holds. What a digest names never changes; it only comes and goes.
 *
 * <p>Safe for use by any thread. Calls wait for the disk, never for another host.
 */
@ProviderType
public interface ContentStore {
    /** Digests of all content that is whole and verified here. */
    Set<Digest> held();

    /** Bytes of that content; empty if it is not held whole. */
    Optional<Long> size(Digest content);

    /**
     * Opens content for reading from an offset; the caller closes it.
     *
     * @throws org.bowline.api.RefusedException {@code CONTENT_NOT_HERE} if it is not held whole
     */
    InputStream open(Digest content, long offset) throws IOException;

    /** How full the store is. */
    Space space();

    /**
     * How full the store is.
     *
     * @param used bytes that chunks and uploads take
     * @param quota bytes they may take; {@link Long#MAX_VALUE} if only the disk decides
     * @param free bytes that can still be stored: quota and disk with its reserve
     */
    record Space(long used, long quota, long free) {}
}
