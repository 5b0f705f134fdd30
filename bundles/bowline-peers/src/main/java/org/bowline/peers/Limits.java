package org.bowline.peers;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How much this host lets other hosts take: PID {@value #PID}, optional, shared by every component
 * that dials or accepts.
 */
@ObjectClassDefinition(
        name = "Bowline peers",
        description = "What other hosts may take of this one")
public @interface Limits {
    String PID = "bowline.peers";

    @AttributeDefinition(
            name = "Channels served at once, a thread each",
            description =
                    "A leader serves two for each follower, and some more while content moves; a"
                            + " channel over it is closed.",
            min = "8")
    int channels() default 1024;

    @AttributeDefinition(name = "Channels served at once for one host", min = "4")
    int channels_per_host() default 64;

    @AttributeDefinition(name = "Channels served at once for all hosts that are not members")
    int stranger_channels() default 32;

    @AttributeDefinition(
            name = "Channels served at once for hosts at one address that are not members",
            min = "1")
    int stranger_channels_per_address() default 8;

    @AttributeDefinition(name = "Longest silence of a host that is no member, in ms", min = "1")
    long stranger_idle_ms() default 30_000;

    @AttributeDefinition(name = "Longest life of a channel of a stranger, in ms", min = "1")
    long stranger_life_ms() default 180_000;

    @AttributeDefinition(
            name = "Longest wait of one write, in ms",
            description = "A peer that reads nothing for longer loses its channel.",
            min = "1")
    long write_deadline_ms() default 30_000;

    @AttributeDefinition(
            name = "Longest dialling of one endpoint, in ms",
            description = "Bounds connecting and handshake, and again the peer's first byte.",
            min = "1")
    long dial_timeout_ms() default 3_000;

    @AttributeDefinition(name = "Longest dialling of all endpoints of a host, in ms", min = "1")
    long open_timeout_ms() default 10_000;
}
