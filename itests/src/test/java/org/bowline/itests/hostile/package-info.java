/** What an attacker on the LAN tries, made without any of Bowline's own code. */
@NullMarked
package org.bowline.itests.hostile;

import org.jspecify.annotations.NullMarked;
