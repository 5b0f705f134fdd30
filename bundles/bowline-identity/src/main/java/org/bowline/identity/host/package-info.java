/** What the operator wrote in {@code etc/bowline.yaml}, read strictly and handed to the rooms. */
@NullMarked
package org.bowline.identity.host;

import org.jspecify.annotations.NullMarked;
