@NullMarked
package org.bowline.audit.log;

import org.jspecify.annotations.NullMarked;
