package org.bowline.group.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.server.RaftServerConfigKeys.ThreadPool;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis tuned for small entries, few of them, and little memory. */
final class RaftSettings {
    private RaftSettings() {}

    /**
     * @param alone the only voter need not wait for others before it leads
     */
    static RaftProperties of(Path directory, boolean alone) {
        RaftProperties p = new RaftProperties();
        p.set(RaftConfigKeys.Rpc.TYPE_KEY, PeersRpcType.class.getName());
        RaftServerConfigKeys.setStorageDir(p, List.of(directory.toFile()));
        // a suspended host must not close its own server
        RaftServerConfigKeys.setCloseThreshold(p, time(Duration.ofDays(3650)));
        RaftServerConfigKeys.setSleepDeviationThreshold(p, time(Duration.ofSeconds(3)));
        Rpc.setTimeoutMin(p, time(Duration.ofMillis(800)));
        Rpc.setTimeoutMax(p, time(Duration.ofMillis(1500)));
        if (alone) {
            Rpc.setFirstElectionTimeoutMin(p, time(Duration.ofMillis(5)));
            Rpc.setFirstElectionTimeoutMax(p, time(Duration.ofMillis(10)));
        }
        Rpc.setRequestTimeout(p, time(Duration.ofSeconds(3)));
        setLog(p);
        Snapshot.setAutoTriggerEnabled(p, true);
        Snapshot.setAutoTriggerThreshold(p, 2000);
        Snapshot.setCreationGap(p, 1);
        Snapshot.setRetentionFileNum(p, 2);
        ThreadPool.setProxyCached(p, true);
        ThreadPool.setProxySize(p, 2);
        ThreadPool.setServerCached(p, true);
        ThreadPool.setServerSize(p, 4);
        ThreadPool.setClientCached(p, true);
        ThreadPool.setClientSize(p, 2);
        return p;
    }

    private static void setLog(RaftProperties p) {
        Log.setSegmentSizeMax(p, SizeInBytes.valueOf("1MB"));
        Log.setPreallocatedSize(p, SizeInBytes.valueOf("64KB"));
        // holds the largest entry and its envelope
        Log.setWriteBufferSize(p, SizeInBytes.valueOf("704KB"));
        Log.setSegmentCacheNumMax(p, 2);
        Log.setSegmentCacheSizeMax(p, SizeInBytes.valueOf("4MB"));
        Log.setQueueByteLimit(p, SizeInBytes.valueOf("8MB"));
        Log.setPurgeUptoSnapshotIndex(p, true);
        Log.setPurgeGap(p, 1);
        Log.Appender.setBufferByteLimit(p, SizeInBytes.valueOf("640KB"));
        Log.Appender.setSnapshotChunkSizeMax(p, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Write.setByteLimit(p, SizeInBytes.valueOf("16MB"));
    }

    private static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
