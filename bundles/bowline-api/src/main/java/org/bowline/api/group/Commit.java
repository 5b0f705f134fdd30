package org.bowline.api.group;

import java.util.List;
import org.bowline.api.Actor;

/**
 * What one act wants to change, all of it or nothing.
 *
 * @param changes applied in this order
 * @param preconditions all must hold when the entry is applied
 * @param actor who asked for it
 */
public record Commit(List<Change> changes, List<Precondition> preconditions, Actor actor) {
    public Commit {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("commit without a change");
        }
    }

    /** Without preconditions. */
    public static Commit of(Actor actor, Change... changes) {
        return new Commit(List.of(changes), List.of(), actor);
    }
}
