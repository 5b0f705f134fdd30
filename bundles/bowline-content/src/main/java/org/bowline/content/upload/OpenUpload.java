package org.bowline.content.upload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Uploads.Upload;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.chunk.Chunker;
import org.bowline.content.chunk.Cutting;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Manifests;
import org.jspecify.annotations.Nullable;

/**
 * One upload under way. What it had before a restart is hashed again when it goes on: a digest's
 * state cannot be kept on disk. Between requests it holds no more than that state: what is not cut
 * yet lies on disk.
 */
final class OpenUpload {
    /** What was taken in as a whole. */
    record Whole(Digest digest, Cutting cutting, long chunks) {}

    /** The right to change it, until closed. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /** Of all bytes so far; and how they are cut, once a chunk is. */
    private record Known(MessageDigest sha, @Nullable Cutting cutting) {}

    private final String id;
    private final Description description;
    private final UploadFiles files;
    private final DiskContentStore store;

    // Held by whoever appends, finishes or cancels.
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock; offset is read by anyone.
    private volatile long offset;
    private long cut;
    private boolean gone;
    private boolean ended;
    private @Nullable Known known;

    private volatile long touched; // nano time

    OpenUpload(String id, Description description, UploadFiles files, DiskContentStore store) {
        this.id = id;
        this.description = description;
        this.files = files;
        this.store = store;
    }

    /** Looks up how far it was. */
    void reopen() throws IOException {
        known = null;
        cut = 0;
        try (ChunkList list = files.chunks()) {
            for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
                cut += chunk.get().length();
            }
        }
        offset = cut + files.tail(cut).length;
    }

    Upload view() {
        return new Upload(id, description.name(), offset, length());
    }

    Description description() {
        return description;
    }

    UploadFiles files() {
        return files;
    }

    /** Bytes still to come, as far as announced. */
    long promised() {
        return description.length() == Description.UNKNOWN
                ? 0
                : Math.max(0, description.length() - offset);
    }

    private OptionalLong length() {
        return description.length() == Description.UNKNOWN
                ? OptionalLong.empty()
                : OptionalLong.of(description.length());
    }

    /** Somebody still wants it. */
    void touch(long now) {
        touched = now;
    }

    /** Nanoseconds since it was touched. */
    long untouched(long now) {
        return now - touched;
    }

    /** Takes the lock at once, or refuses: another request holds it. */
    Claim claim() throws RefusedException {
        Optional<Claim> claim = claimIfIdle();
        if (claim.isEmpty()) {
            throw new RefusedException(
                    Refusal.UPLOAD_OFFSET, "Another request is sending bytes of this upload");
        }
        if (gone) {
            claim.get().close();
            throw unknown(id);
        }
        return claim.get();
    }

    /** Takes the lock at once; empty if another request holds it. */
    Optional<Claim> claimIfIdle() {
        return lock.tryLock() ? Optional.of(lock::unlock) : Optional.empty();
    }

    static RefusedException unknown(String id) {
        return new RefusedException(Refusal.UPLOAD_UNKNOWN, "No upload " + id);
    }

    /** Under the claim: appends all of the stream. */
    void append(long at, InputStream in) throws IOException {
        if (at != offset) {
            throw new RefusedException(
                    Refusal.UPLOAD_OFFSET, "The upload goes on at byte " + offset + ", not " + at);
        }
        Known before = restored();
        Chunker chunker = chunker(before);
        InputStream bounded = bounded(in);
        write(before, chunker, sink -> chunker.feed(bounded, sink));
    }

    /** Once the last chunk is cut nothing may follow: only the last may be that short. */
    private InputStream bounded(InputStream in) {
        if (ended) {
            return new BoundedStream(in, 0);
        }
        return description.length() == Description.UNKNOWN
                ? in
                : new BoundedStream(in, description.length() - offset);
    }

    /** Under the claim: cuts what is left and answers what all of it is. */
    Whole end() throws IOException {
        if (description.length() > offset) {
            throw new RefusedException(
                    Refusal.UPLOAD_TRUNCATED,
                    offset + " of " + description.length() + " bytes have come");
        }
        Known before = restored();
        Chunker chunker = chunker(before);
        Cutting cutting = chunker.cutting();
        write(before, chunker, chunker::finish);
        ended = true;
        long chunks = 0;
        try (ChunkList list = files.chunks()) {
            while (list.next().isPresent()) {
                chunks++;
            }
        }
        return new Whole(Sha256.named(copy(before.sha()).digest()), cutting, chunks);
    }

    /** Under the claim: writes the manifest of what {@link #end} answered. */
    void manifest(Whole whole, Manifests.Draft draft) throws IOException {
        draft.head(new Manifest(whole.digest(), offset, whole.cutting(), whole.chunks()));
        try (ChunkList list = files.chunks()) {
            for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
                draft.chunk(chunk.get());
            }
        }
    }

    /** Under the claim: forgets all. */
    void drop() throws IOException {
        gone = true;
        files.delete();
    }

    private interface Feeding {
        void into(Chunker.Sink sink) throws IOException;
    }

    /** Cuts, stores and makes safe; whatever fails, the offset tells what was kept. */
    private void write(Known before, Chunker chunker, Feeding feeding) throws IOException {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread worker = new Thread(work, "bowline-content-upload");
                            worker.setDaemon(true);
                            return worker;
                        });
        try (ChunkWriter writer = new ChunkWriter(store, files, thread, cut)) {
            try {
                feeding.into(new Storing(before.sha(), writer));
            } finally {
                settle(before.sha(), chunker, writer);
            }
        } finally {
            thread.shutdown();
        }
    }

    private void settle(MessageDigest sha, Chunker chunker, ChunkWriter writer) throws IOException {
        boolean settled = false;
        try {
            cut = writer.settle();
            byte[] tail = chunker.tail();
            if (tail.length > 0) {
                files.tail(cut, tail);
            }
            offset = cut + tail.length;
            known = new Known(sha, chunker.chosen().orElse(null));
            settled = true;
        } finally {
            if (!settled) {
                reopen();
            }
        }
    }

    private record Storing(MessageDigest sha, ChunkWriter writer) implements Chunker.Sink {
        @Override
        public void read(byte[] bytes, int off, int len) {
            sha.update(bytes, off, len);
        }

        @Override
        public void chunk(byte[] bytes, int off, int len) throws IOException {
            writer.put(bytes, off, len);
        }
    }

    private Known restored() throws IOException {
        Known now = known;
        if (now == null) {
            now = restore();
            known = now;
        }
        return now;
    }

    private Chunker chunker(Known before) throws IOException {
        Chunker chunker = before.cutting() == null ? new Chunker() : new Chunker(before.cutting());
        chunker.restore(files.tail(cut));
        return chunker;
    }

    private Known restore() throws IOException {
        MessageDigest sha = Sha256.start();
        Cutting cutting = null;
        ended = false;
        try (ChunkList list = files.chunks()) {
            for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
                byte[] bytes = bytes(chunk.get());
                sha.update(bytes);
                if (cutting == null) {
                    cutting = Cutting.of(bytes);
                }
                ended = bytes.length < cutting.min();
            }
        }
        sha.update(files.tail(cut));
        return new Known(sha, cutting);
    }

    private byte[] bytes(Chunk chunk) throws IOException {
        try (InputStream in =
                store.chunks()
                        .open(chunk.digest())
                        .orElseThrow(() -> new FileNotFoundException("no " + chunk.digest()))) {
            return in.readAllBytes();
        }
    }

    private static MessageDigest copy(MessageDigest sha) {
        try {
            return (MessageDigest) sha.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }
}
