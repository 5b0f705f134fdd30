/** Tokens, the exchange by which two hosts link, and the table of linked hosts. */
@NullMarked
package org.bowline.pairing;

import org.jspecify.annotations.NullMarked;
