/** The feed: what was committed, streamed from any voter to those who follow. */
@NullMarked
package org.bowline.group.feed;

import org.jspecify.annotations.NullMarked;
