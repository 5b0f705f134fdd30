/**
 * The door to the shell: a Unix domain socket through which {@code bin/bowline} carries a terminal
 * into a session of Karaf's shell.
 */
@NullMarked
package org.bowline.shell.door;

import org.jspecify.annotations.NullMarked;
