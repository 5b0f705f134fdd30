/** The commands {@code diag:}: whether a host answers, what was done and refused, and its proof. */
@Header(name = "Karaf-Commands", value = "${@package}")
@NullMarked
package org.bowline.shell.diag;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
