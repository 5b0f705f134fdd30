/** Reading other hosts' logs, over {@code audit/1}. */
@NullMarked
package org.bowline.audit.wire;

import org.jspecify.annotations.NullMarked;
