/** What was done and refused on this host, and what the others say of theirs. */
@NullMarked
package org.bowline.audit;

import org.jspecify.annotations.NullMarked;
