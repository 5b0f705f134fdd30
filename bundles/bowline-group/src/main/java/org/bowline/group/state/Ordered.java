package org.bowline.group.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from text to values, in the order of the keys, that never changes: each change gives a new
 * map that shares all but a few nodes with the old one. So readers, snapshots and feeds walk one
 * revision while the next is made.
 */
public final class Ordered<V> {
    /** A treap: a search tree by key, a heap by rank, hence balanced. */
    private record Node<V>(
            String key, V value, int rank, @Nullable Node<V> left, @Nullable Node<V> right) {
        Node<V> withLeft(@Nullable Node<V> other) {
            return new Node<>(key, value, rank, other, right);
        }

        Node<V> withRight(@Nullable Node<V> other) {
            return new Node<>(key, value, rank, left, other);
        }
    }

    private final @Nullable Node<V> root;
    private final int size;
    private volatile @Nullable List<V> values; // made when they are asked for first

    private Ordered(@Nullable Node<V> root, int size) {
        this.root = root;
        this.size = size;
    }

    /** A map without entries. */
    public static <V> Ordered<V> empty() {
        return new Ordered<>(null, 0);
    }

    public int size() {
        return size;
    }

    /** The value of that key, or null. */
    public @Nullable V get(String key) {
        Node<V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** All values, in the order of the keys; the same list each time. */
    public List<V> values() {
        List<V> known = values;
        if (known == null) {
            List<V> all = new ArrayList<>(size);
            forEach((key, value) -> all.add(value));
            known = List.copyOf(all);
            values = known;
        }
        return known;
    }

    /** This map with that value at that key. */
    public Ordered<V> put(String key, V value) {
        int more = get(key) == null ? 1 : 0;
        return new Ordered<>(put(root, key, value), size + more);
    }

    /** This map without that key. */
    public Ordered<V> remove(String key) {
        return get(key) == null ? this : new Ordered<>(remove(root, key), size - 1);
    }

    /** Walks all entries in the order of the keys. */
    public void forEach(BiConsumer<String, V> visitor) {
        walk(root, visitor);
    }

    private static <V> Node<V> put(@Nullable Node<V> node, String key, V value) {
        if (node == null) {
            return new Node<>(key, value, rank(key), null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.rank, node.left, node.right);
        }
        if (order < 0) {
            Node<V> left = put(node.left, key, value);
            return left.rank > node.rank
                    ? left.withRight(node.withLeft(left.right))
                    : node.withLeft(left);
        }
        Node<V> right = put(node.right, key, value);
        return right.rank > node.rank
                ? right.withLeft(node.withRight(right.left))
                : node.withRight(right);
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, String key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return node.withLeft(remove(node.left, key));
        }
        return order > 0 ? node.withRight(remove(node.right, key)) : join(node.left, node.right);
    }

    private static <V> @Nullable Node<V> join(@Nullable Node<V> left, @Nullable Node<V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.rank > right.rank
                ? left.withRight(join(left.right, right))
                : right.withLeft(join(left, right.left));
    }

    private static <V> void walk(@Nullable Node<V> node, BiConsumer<String, V> visitor) {
        if (node != null) {
            walk(node.left, visitor);
            visitor.accept(node.key, node.value);
            walk(node.right, visitor);
        }
    }

    /** Spreads the hash of the key (the finalizer of MurmurHash3), so that sorted keys balance. */
    private static int rank(String key) {
        int h = key.hashCode();
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
