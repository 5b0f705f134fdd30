package org.bowline.shell.content;

import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.jspecify.annotations.Nullable;

/**
 * Names of hosts where the catalog knows only ids. Nothing else is asked of pairing here, and where
 * it is away the id stands instead: so the commands still need one room.
 */
record HostNames(@Nullable Pairing pairing) {
    String of(HostId host) {
        return pairing == null
                ? host.value()
                : pairing.hosts().stream()
                        .filter(row -> row.id().equals(host))
                        .map(HostRow::name)
                        .findFirst()
                        .orElse(host.value());
    }
}
