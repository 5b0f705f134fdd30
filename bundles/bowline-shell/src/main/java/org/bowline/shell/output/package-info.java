/** What all commands share: how they print, ask, refuse and wait. */
@Header(name = "Karaf-Commands", value = "${@package}")
@NullMarked
package org.bowline.shell.output;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
