/** Carrying a byte stream to one proven peer. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
