package org.bowline.group.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedTest {
    @Test
    void holdsTheSameAsATreeMapAndLeavesOlderOnesAlone() {
        Random random = new Random(1);
        Map<String, Integer> model = new TreeMap<>();
        Ordered<Integer> ordered = Ordered.empty();
        Ordered<Integer> kept = ordered;
        Map<String, Integer> keptModel = Map.of();
        for (int i = 0; i < 20_000; i++) {
            String key = "key" + random.nextInt(500);
            if (random.nextInt(3) == 0) {
                ordered = ordered.remove(key);
                model.remove(key);
            } else {
                ordered = ordered.put(key, i);
                model.put(key, i);
            }
            if (i == 10_000) {
                kept = ordered;
                keptModel = new TreeMap<>(model);
            }
        }

        assertThat(entries(ordered)).isEqualTo(model);
        assertThat(entries(ordered).keySet()).containsExactlyElementsOf(model.keySet());
        assertThat(ordered.values()).containsExactlyElementsOf(model.values());
        assertThat(ordered.size()).isEqualTo(model.size());
        assertThat(entries(kept)).isEqualTo(keptModel);
    }

    @Test
    void sortedKeysDoNotMakeItDeep() {
        Ordered<Integer> ordered = Ordered.empty();
        for (int i = 0; i < 200_000; i++) {
            ordered = ordered.put(String.format("key%08d", i), i);
        }

        assertThat(ordered.get("key00123456")).isEqualTo(123_456);
        assertThat(entries(ordered)).hasSize(200_000); // recursion: a list would overflow the stack
    }

    @Test
    void theListOfItsValuesIsMadeOnceForEachMap() {
        Ordered<Integer> one = Ordered.<Integer>empty().put("b", 2);
        assertThat(one.values()).isSameAs(one.values());

        Ordered<Integer> two = one.put("a", 1);

        assertThat(two.values()).containsExactly(1, 2);
        assertThat(one.values()).containsExactly(2);
    }

    private static Map<String, Integer> entries(Ordered<Integer> ordered) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        ordered.forEach(entries::put);
        return entries;
    }
}
