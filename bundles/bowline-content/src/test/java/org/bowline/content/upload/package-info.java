@NullMarked
package org.bowline.content.upload;

import org.jspecify.annotations.NullMarked;
