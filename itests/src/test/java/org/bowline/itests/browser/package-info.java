/** The Local UI of packed agents in a real browser; run by the profile {@code browser}. */
@NullMarked
package org.bowline.itests.browser;

import org.jspecify.annotations.NullMarked;
