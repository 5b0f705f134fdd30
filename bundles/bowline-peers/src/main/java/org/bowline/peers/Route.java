package org.bowline.peers;

import java.util.ArrayList;
import java.util.List;
import org.bowline.api.identity.Endpoint;

/**
 * Where to dial one member in one try.
 *
 * @param best where it answered last, and where the group lists it first: each gets all the time
 *     that one endpoint may have
 * @param others share what is left; the first of them is another one in each try
 */
record Route(List<Endpoint> best, List<Endpoint> others) {
    List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>(best);
        all.addAll(others);
        return all;
    }
}
