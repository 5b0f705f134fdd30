/**
 * Tokens, link, unlink, and the table of linked hosts. What Jackson makes of these records is what
 * REST and the shell answer.
 */
@NullMarked
@Version("1.0.0")
package org.bowline.api.pairing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
