/** The store on disk: chunks, manifests, references, and what is not yet whole. */
@NullMarked
package org.bowline.content.store;

import org.jspecify.annotations.NullMarked;
