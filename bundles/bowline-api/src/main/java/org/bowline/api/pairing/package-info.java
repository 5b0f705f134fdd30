/** Tokens, link, unlink, and the table of linked hosts. */
@NullMarked
@Version("1.0.0")
package org.bowline.api.pairing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
