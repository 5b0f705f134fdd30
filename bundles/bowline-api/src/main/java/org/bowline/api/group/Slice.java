package org.bowline.api.group;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One room's part of what the group agrees on: values by key. Any room may read any slice; only its
 * owner writes it. Values are written as JSON; fields that this release does not know are ignored,
 * values that it cannot read at all are left out and logged.
 *
 * <p>Safe for use by any thread; no call waits. What is read is this host's newest state, which may
 * lie behind that of the leaders.
 */
@ProviderType
public interface Slice<T> {
    /** The name, such as {@code content}. */
    String name();

    /** All values by key, in the order of the keys; an unchanging copy of one revision. */
    Map<String, Entry<T>> all();

    /** The value of that key. */
    Optional<Entry<T>> get(String key);

    /** A change that puts a value. */
    Change put(String key, T value);

    /** A change that takes a value away. */
    Change remove(String key);

    /** Holds if the value at that key still has the revision of {@code entry}. */
    default Precondition unchanged(String key, Entry<T> entry) {
        return new Precondition(name(), key, entry.revision());
    }

    /** Holds if there is no value at that key. */
    default Precondition absent(String key) {
        return new Precondition(name(), key, Precondition.ABSENT);
    }
}
