/** The key that this host is known by, and the keys that it trusts, on disk. */
@NullMarked
package org.bowline.identity;

import org.jspecify.annotations.NullMarked;
