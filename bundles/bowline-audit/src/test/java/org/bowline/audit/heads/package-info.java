@NullMarked
package org.bowline.audit.heads;

import org.jspecify.annotations.NullMarked;
