/** Membership, and the small facts that every member agrees on. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.group;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
