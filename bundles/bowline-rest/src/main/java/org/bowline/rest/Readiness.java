package org.bowline.rest;

import java.util.List;
import org.bowline.api.content.Catalog;
import org.bowline.api.group.Group;
import org.bowline.api.pairing.Pairing;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Whether the rooms that make a host useful are all there. It outlives each of them, so it takes
 * lists. Safe for use by any thread.
 */
@Component(service = Readiness.class)
public final class Readiness {
    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Group> groups = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Pairing> pairings = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Catalog> catalogs = List.of();

    @Activate
    public Readiness() {
        // everything comes later, if at all
    }

    /** Whether this host can link and hold content now. */
    boolean ready() {
        return !groups.isEmpty() && !pairings.isEmpty() && !catalogs.isEmpty();
    }
}
