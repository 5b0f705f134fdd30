@NullMarked
package org.bowline.content.store;

import org.jspecify.annotations.NullMarked;
