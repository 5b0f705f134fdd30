@NullMarked
package org.bowline.audit.wire;

import org.jspecify.annotations.NullMarked;
