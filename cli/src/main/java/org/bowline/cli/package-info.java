/** The small client behind {@code bin/bowline}: plain Java, so that one command takes a moment. */
@NullMarked
package org.bowline.cli;

import org.jspecify.annotations.NullMarked;
