/** Named streams to any trusted peer, and what each host says of itself. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.peers;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
