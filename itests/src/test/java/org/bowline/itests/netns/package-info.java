/**
 * Packed agents in network namespaces of their own: splits, losses, moved addresses. Needs root.
 */
@NullMarked
package org.bowline.itests.netns;

import org.jspecify.annotations.NullMarked;
