/** The commands {@code link:}: tokens, join, the table of linked hosts, unlink, takeover. */
@Header(name = "Karaf-Commands", value = "${@package}")
@NullMarked
package org.bowline.shell.link;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
