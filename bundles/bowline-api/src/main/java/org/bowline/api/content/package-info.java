/** What this host's disk holds, and what the group wants every disk to hold. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.content;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
