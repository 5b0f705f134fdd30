/** The lines on this host's disk: written, mended, read and checked. */
@NullMarked
package org.bowline.audit.log;

import org.jspecify.annotations.NullMarked;
