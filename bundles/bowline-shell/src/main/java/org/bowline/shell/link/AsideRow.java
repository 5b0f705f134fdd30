package org.bowline.shell.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.bowline.api.Actor;
import org.bowline.api.group.Aside;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.Json;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was set aside; without an item, that nothing was in it.
 *
 * @param aside that it is part of
 * @param item what was accepted on this host alone
 */
record AsideRow(Aside aside, Aside.@Nullable Item item) {
    static Stream<AsideRow> of(Aside aside) {
        return aside.items().isEmpty()
                ? Stream.of(new AsideRow(aside, null))
                : aside.items().stream().map(item -> new AsideRow(aside, item));
    }

    static List<Column<AsideRow>> columns(LinkedHosts names) {
        return List.of(
                Column.of("id", row -> row.aside().id()),
                Column.of("time", row -> row.aside().time().toString()),
                Column.of("what", AsideRow::what),
                Column.of("slice", row -> row.item() == null ? "" : row.item().slice()),
                Column.of("key", row -> row.item() == null ? "" : row.item().key()),
                Column.of("by", AsideRow::by),
                Column.wide("on", row -> row.on(names)),
                Column.wide("at", AsideRow::at),
                Column.wide("value", AsideRow::value),
                Column.wide("revision", AsideRow::revision),
                Column.wide("group", row -> row.aside().group()),
                Column.wide("generation", row -> String.valueOf(row.aside().generation())),
                Column.wide("successor", row -> row.aside().successor()));
    }

    private String what() {
        return item == null ? "nothing" : Json.tree(item.what()).asText();
    }

    private String by() {
        Actor actor = item == null ? null : item.actor();
        return actor == null ? "" : actor.name();
    }

    private String on(LinkedHosts names) {
        return item == null || item.host() == null ? "" : names.name(item.host());
    }

    private String at() {
        return item == null || item.time() == null ? "" : item.time().toString();
    }

    private String value() {
        byte[] value = item == null ? null : item.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private String revision() {
        return item == null ? "" : String.valueOf(item.revision());
    }
}
