package org.bowline.rest.http;

import java.util.List;

/**
 * How a list is answered.
 *
 * @param items all of it
 */
public record Items<T>(List<T> items) {
    public Items {
        items = List.copyOf(items);
    }
}
