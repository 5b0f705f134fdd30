/** Who this host is, and which keys it trusts. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
