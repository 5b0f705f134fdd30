package org.bowline.peers;

import java.lang.annotation.Annotation;

/** Limits that a test can reach in no time. */
public final class TestLimits implements Limits {
    int channels = 16;
    int channelsPerHost = 8;
    int strangerChannels = 2;
    int strangerChannelsPerAddress = 2;
    long strangerIdle = 30_000;
    long strangerLife = 30_000;
    long writeDeadline = 30_000;
    long dialTimeout = 2000;

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int channels_per_host() {
        return channelsPerHost;
    }

    @Override
    public int stranger_channels() {
        return strangerChannels;
    }

    @Override
    public int stranger_channels_per_address() {
        return strangerChannelsPerAddress;
    }

    @Override
    public long stranger_idle_ms() {
        return strangerIdle;
    }

    @Override
    public long stranger_life_ms() {
        return strangerLife;
    }

    @Override
    public long write_deadline_ms() {
        return writeDeadline;
    }

    @Override
    public long dial_timeout_ms() {
        return dialTimeout;
    }

    @Override
    public long open_timeout_ms() {
        return 2 * dialTimeout;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return Limits.class;
    }
}
