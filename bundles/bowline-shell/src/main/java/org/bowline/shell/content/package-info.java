/** The commands {@code content:}: what the group holds, adding and removing it, and its sync. */
@Header(name = "Karaf-Commands", value = "${@package}")
@NullMarked
package org.bowline.shell.content;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
