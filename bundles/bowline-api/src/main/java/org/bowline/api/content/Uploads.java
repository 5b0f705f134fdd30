package org.bowline.api.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bowline.api.Actor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes new content in on a leader: cut into chunks, hashed and stored while it arrives; listed
 * only once it is whole. An upload survives a restart of the agent with the bytes it had; one that
 * nobody touches for 7 days, in which the agent runs, is dropped.
 *
 * <p>Safe for use by any thread; one upload takes bytes from one caller at a time. Calls wait for
 * the stream and the disk, the last append also for the group's commit.
 */
@ProviderType
public interface Uploads {
    /**
     * Begins an upload.
     *
     * @param name what people call it: 1 to 200 printable characters without a slash
     * @param length its bytes, if known
     * @throws org.bowline.api.RefusedException {@code USE_THE_LEADER}, {@code SUPERSEDED}, {@code
     *     CONTENT_NAME_INVALID}, {@code STORE_FULL}, {@code UPLOADS_TOO_MANY} beyond 64 open ones
     */
    Upload create(String name, OptionalLong length, Actor actor) throws IOException;

    /**
     * Appends bytes until the stream ends. What arrived before a failure is kept, and {@link
     * Upload#offset} tells it.
     *
     * @param offset must be the upload's offset
     * @param bytes read to its end; the caller closes it
     * @throws org.bowline.api.RefusedException {@code UPLOAD_UNKNOWN}, {@code UPLOAD_OFFSET},
     *     {@code UPLOAD_TOO_LONG}, {@code STORE_FULL}, {@code UPLOADS_TOO_MANY} while 4 others take
     *     bytes and none of them ends within 10 s
     */
    Upload append(String id, long offset, InputStream bytes) throws IOException;

    /**
     * Ends an upload: verified, fsynced, committed to the group.
     *
     * @param expected what the sender says the digest is, if it does
     * @return the item; content of the same digest and name that is there already is answered as it
     *     is
     * @throws org.bowline.api.RefusedException {@code UPLOAD_TRUNCATED} (kept, goes on), {@code
     *     CHECKSUM_MISMATCH} (dropped), or as the group's commit
     */
    CatalogItem finish(String id, Optional<Digest> expected) throws IOException;

    /** Drops an upload and what it stored. */
    void cancel(String id) throws IOException;

    /** Uploads under way. */
    List<Upload> all();

    /** The upload of that id. */
    Optional<Upload> find(String id);

    /**
     * An upload under way.
     *
     * @param id names it, unguessable
     * @param name of the content
     * @param offset bytes taken in and safe on disk
     * @param length its bytes, if known
     */
    record Upload(String id, String name, long offset, OptionalLong length) {}
}
