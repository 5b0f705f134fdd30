/** Hashes of passwords; Bouncy Castle is loaded with the first one. */
@NullMarked
package org.bowline.identity.password;

import org.jspecify.annotations.NullMarked;
