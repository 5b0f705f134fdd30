package org.bowline.group.raft;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies committed entries in Ratis's order and hands each new state to the ledger. Starts from
 * nothing, or from the snapshot that a takeover left: what comes later comes by entries, so that
 * every voter has the same history.
 */
final class GroupMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMachine.class);

    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private final EntryCodec entries;
    private final SnapshotCodec snapshots;
    private final Ledger ledger;
    private final Runnable changed;
    private volatile State state = State.EMPTY; // written by Ratis's updater alone
    private boolean halted; // Ratis's updater alone
    private volatile boolean logFailed;

    /**
     * @param changed called when leader or voters may have changed; must not block
     */
    GroupMachine(EntryCodec entries, SnapshotCodec snapshots, Ledger ledger, Runnable changed) {
        this.entries = entries;
        this.snapshots = snapshots;
        this.ledger = ledger;
        this.changed = changed;
    }

    State state() {
        return state;
    }

    /** Whether the log could not be written; Ratis writes it no more then. */
    boolean logFailed() {
        return logFailed;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
            throws IOException {
        super.initialize(server, group, raftStorage);
        storage.init(raftStorage);
        getLifeCycle().startAndTransition(this::load, IOException.class);
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().startAndTransition(this::load, IOException.class);
        }
    }

    private void load() throws IOException {
        SingleFileSnapshotInfo newest = storage.loadLatestSnapshot();
        if (newest == null) {
            return;
        }
        Path file = newest.getFile().getPath();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            state = snapshots.read(in);
        }
        setLastAppliedTermIndex(newest.getTermIndex());
        ledger.publish(state);
    }

    @Override
    public SimpleStateMachineStorage getStateMachineStorage() {
        return storage;
    }

    @Override
    public long takeSnapshot() throws IOException {
        TermIndex applied = getLastAppliedTermIndex();
        storage.updateLatestSnapshot(RaftSnapshots.write(storage, applied, state, snapshots));
        return applied.getIndex();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        var logged = context.getLogEntry();
        if (halted) {
            return CompletableFuture.failedFuture(new IOException("nothing is applied any more"));
        }
        byte[] entry = logged.getStateMachineLogEntry().getLogData().toByteArray();
        try {
            Optional<State> next = state.apply(entries.read(entry));
            next.ifPresent(made -> state = made);
            updateLastAppliedTermIndex(logged.getTerm(), logged.getIndex());
            next.ifPresent(made -> ledger.publish(made, entry));
            return CompletableFuture.completedFuture(
                    revision(next.map(State::revision).orElse(0L)));
        } catch (IOException e) {
            halted = true; // to leave it out would make this host's state another than the others'
            LOG.error("This release cannot read what the group decided: update this agent", e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The reply to a commit: the revision, or 0 if a precondition did not hold. */
    private static Message revision(long revision) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(revision).array();
        return Message.valueOf(ByteString.copyFrom(bytes));
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        if (!halted) { // or a snapshot would claim to hold what was not applied
            updateLastAppliedTermIndex(term, index);
        }
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        changed.run();
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        if (!logFailed) {
            LOG.error("The group's log cannot be written: see whether the disk is full", cause);
        }
        logFailed = true;
        changed.run();
    }

    @Override
    public void notifyLeaderReady() {
        changed.run();
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto voters) {
        changed.run();
    }
}
