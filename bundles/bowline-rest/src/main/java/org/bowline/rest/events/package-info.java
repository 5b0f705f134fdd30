/** The one stream of events: a snapshot, then every subject that changes. */
@NullMarked
package org.bowline.rest.events;

import org.jspecify.annotations.NullMarked;
