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
 * state cannot be kept on disk.
 */
final class OpenUpload {
    /** What was taken in as a whole. */
    record Whole(Digest digest, Cutting cutting, long chunks) {}

    /** The right to change it, until closed. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    private record Running(Chunker chunker, MessageDigest sha) {}

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
    private @Nullable Running running;

    OpenUpload(String id, Description description, UploadFiles files, DiskContentStore store) {
        this.id = id;
        this.description = description;
        this.files = files;
        this.store = store;
    }

    /** Looks up how far it was. */
    void reopen() throws IOException {
        running = null;
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

    /** Takes the lock at once, or refuses: another request holds it. */
    Claim claim() throws RefusedException {
        if (!lock.tryLock()) {
            throw new RefusedException(
                    Refusal.UPLOAD_OFFSET, "Another request is sending bytes of this upload");
        }
        if (gone) {
            lock.unlock();
            throw unknown(id);
        }
        return lock::unlock;
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
        Running run = restored();
        InputStream bounded =
                description.length() == Description.UNKNOWN
                        ? in
                        : new BoundedStream(in, description.length() - offset);
        write(run, sink -> run.chunker().feed(bounded, sink));
    }

    /** Under the claim: cuts what is left and answers what all of it is. */
    Whole end() throws IOException {
        if (description.length() > offset) {
            throw new RefusedException(
                    Refusal.UPLOAD_TRUNCATED,
                    offset + " of " + description.length() + " bytes have come");
        }
        Running run = restored();
        Cutting cutting = run.chunker().cutting();
        write(run, run.chunker()::finish);
        long chunks = 0;
        try (ChunkList list = files.chunks()) {
            while (list.next().isPresent()) {
                chunks++;
            }
        }
        return new Whole(Sha256.named(copy(run.sha()).digest()), cutting, chunks);
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
    private void write(Running run, Feeding feeding) throws IOException {
        ExecutorService thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread worker = new Thread(work, "bowline-content-upload");
                            worker.setDaemon(true);
                            return worker;
                        });
        try (ChunkWriter writer = new ChunkWriter(store, files, thread, cut)) {
            try {
                feeding.into(new Storing(run, writer));
            } finally {
                settle(run, writer);
            }
        } finally {
            thread.shutdown();
        }
    }

    private void settle(Running run, ChunkWriter writer) throws IOException {
        boolean settled = false;
        try {
            cut = writer.settle();
            byte[] tail = run.chunker().tail();
            if (tail.length > 0) {
                files.tail(cut, tail);
            }
            offset = cut + tail.length;
            settled = true;
        } finally {
            if (!settled) {
                reopen();
            }
        }
    }

    private record Storing(Running run, ChunkWriter writer) implements Chunker.Sink {
        @Override
        public void read(byte[] bytes, int off, int len) {
            run.sha().update(bytes, off, len);
        }

        @Override
        public void chunk(byte[] bytes, int off, int len) throws IOException {
            writer.put(bytes, off, len);
        }
    }

    private Running restored() throws IOException {
        Running known = running;
        if (known == null) {
            known = restore();
            running = known;
        }
        return known;
    }

    private Running restore() throws IOException {
        MessageDigest sha = Sha256.start();
        Optional<Cutting> cutting = Optional.empty();
        try (ChunkList list = files.chunks()) {
            for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
                byte[] bytes = bytes(chunk.get());
                sha.update(bytes);
                if (cutting.isEmpty()) {
                    cutting = Optional.of(Cutting.of(bytes));
                }
            }
        }
        Chunker chunker = cutting.map(Chunker::new).orElseGet(Chunker::new);
        byte[] tail = files.tail(cut);
        sha.update(tail);
        chunker.restore(tail);
        return new Running(chunker, sha);
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
