/** What was done and refused on each host: one hash-chained file per host, merged on request. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
