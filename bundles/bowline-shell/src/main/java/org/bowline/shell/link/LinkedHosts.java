package org.bowline.shell.link;

import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The linked hosts by what people call them.
 *
 * @param rows of the table
 */
public record LinkedHosts(List<HostRow> rows) {
    public LinkedHosts {
        rows = List.copyOf(rows);
    }

    /**
     * As pairing has them now; none while it is away: then an id stands for its name, and commands
     * that only want names still need one room.
     */
    public static LinkedHosts of(@Nullable Pairing pairing) {
        return new LinkedHosts(pairing == null ? List.of() : pairing.hosts());
    }

    /** What that host is called; its id if it is in no table. */
    public String name(HostId host) {
        return rows.stream()
                .filter(row -> row.id().equals(host))
                .map(HostRow::name)
                .findFirst()
                .orElse(host.value());
    }

    /** This host. */
    public HostRow self() throws RefusedException {
        return rows.stream()
                .filter(HostRow::self)
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.HOST_UNKNOWN, "This host is in no table yet."));
    }

    /**
     * The one host of that name, address or id.
     *
     * @throws UsageException if several are called so
     */
    public HostRow named(String wanted) throws RefusedException, UsageException {
        List<HostRow> found = rows.stream().filter(row -> isCalled(row, wanted)).toList();
        if (found.size() > 1) {
            throw new UsageException(
                    found.size()
                            + " hosts are called "
                            + wanted
                            + ": use the id (link:hosts -c name,id).");
        }
        if (found.isEmpty()) {
            throw new RefusedException(Refusal.HOST_UNKNOWN, "There is no " + wanted + ".");
        }
        return found.get(0);
    }

    private static boolean isCalled(HostRow row, String wanted) {
        return row.name().equals(wanted)
                || row.id().value().equals(wanted)
                || row.addresses().contains(wanted);
    }
}
