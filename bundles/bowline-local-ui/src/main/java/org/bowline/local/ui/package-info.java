/** The Local UI: static files, and the one servlet that serves them. */
@NullMarked
package org.bowline.local.ui;

import org.jspecify.annotations.NullMarked;
