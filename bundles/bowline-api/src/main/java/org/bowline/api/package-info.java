/** Words that every room uses: who acts, what is refused and why, how a watch ends. */
@NullMarked
@Version("1.0.0")
package org.bowline.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
