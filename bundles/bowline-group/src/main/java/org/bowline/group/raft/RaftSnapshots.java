package org.bowline.group.raft;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.apache.ratis.util.SizeInBytes;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;

/** Writes states where Ratis looks for its snapshots. */
final class RaftSnapshots {
    /** Before every log: the first entry of a seeded group comes after it, as index 1. */
    private static final TermIndex SEED = TermIndex.valueOf(0, 0);

    private RaftSnapshots() {}

    /** Writes the state as applied up to there: whole and on the disk when this returns. */
    static SingleFileSnapshotInfo write(
            SimpleStateMachineStorage storage, TermIndex at, State state, SnapshotCodec codec)
            throws IOException {
        File file = storage.getSnapshotFile(at.getTerm(), at.getIndex());
        Path cut = file.toPath().resolveSibling(file.getName() + ".tmp");
        try (FileOutputStream raw = new FileOutputStream(cut.toFile());
                OutputStream out = new BufferedOutputStream(raw)) {
            codec.write(state, out);
            raw.getFD().sync();
        }
        Files.move(cut, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
        MD5Hash md5 = MD5FileUtil.computeAndSaveMd5ForFile(file);
        return new SingleFileSnapshotInfo(new FileInfo(file.toPath(), md5), at);
    }

    /**
     * Lets a new division begin with that state instead of with nothing: who joins it later gets
     * the snapshot, as any other.
     *
     * @param division its directory, which is not there yet
     */
    static void seed(Path division, State state, SnapshotCodec codec) throws IOException {
        Files.createDirectories(division.toAbsolutePath().getParent());
        try (RaftStorage made =
                RaftStorage.newBuilder()
                        .setDirectory(division.toFile())
                        .setOption(RaftStorage.StartupOption.RECOVER)
                        .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
                        .build()) {
            made.initialize(); // a division that has no metadata yet is emptied when it starts
            SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
            storage.init(made);
            write(storage, SEED, state, codec);
            sync(made.getStorageDir().getStateMachineDir().toPath());
        }
        sync(division);
        sync(division.toAbsolutePath().getParent());
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
