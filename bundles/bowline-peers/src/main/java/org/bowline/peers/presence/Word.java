package org.bowline.peers.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bowline.api.identity.HostId;

/**
 * One message of {@code presence/1}; an empty one is a beat.
 *
 * @param boot of the sending agent
 * @param beat counts the sender's beats since its start
 * @param hosts whose values or reachability changed since the last message on this channel: the
 *     sender itself, and from a judge also others
 * @param fresh from judge to judge: who was heard of lately, and how lately
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Word(String boot, long beat, List<Entry> hosts, List<Fresh> fresh) {
    Word {
        Objects.requireNonNull(boot, "boot");
        hosts = List.copyOf(Objects.requireNonNullElse(hosts, List.of()));
        fresh = List.copyOf(Objects.requireNonNullElse(fresh, List.of()));
    }

    /**
     * What is known of one host.
     *
     * @param count of the host's changes since its start; the higher one is newer
     * @param beat the highest of its beats that the sender knows of
     * @param age since the sender last heard of it, in ms
     * @param reachable as the sender judges; means nothing in an entry of the sender itself
     */
    record Entry(
            HostId id,
            String boot,
            long count,
            long beat,
            long age,
            boolean reachable,
            Map<String, byte[]> values) {
        Entry {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(boot, "boot");
            values = Map.copyOf(Objects.requireNonNullElse(values, Map.of()));
        }

        /** About how many bytes this takes on the wire. */
        int size() {
            int size = 200;
            for (Map.Entry<String, byte[]> value : values.entrySet()) {
                size += value.getKey().length() + value.getValue().length * 4 / 3 + 10;
            }
            return size;
        }
    }

    /** That a host was heard of: its {@code beat} tells an echo from news; age in ms. */
    record Fresh(HostId id, String boot, long beat, long age) {
        Fresh {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(boot, "boot");
        }
    }
}
