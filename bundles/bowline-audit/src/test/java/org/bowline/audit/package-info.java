@NullMarked
package org.bowline.audit;

import org.jspecify.annotations.NullMarked;
