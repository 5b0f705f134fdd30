/** How this room speaks HTTP: routes, problems, JSON, and the one HTTPS listener. */
@NullMarked
package org.bowline.rest.http;

import org.jspecify.annotations.NullMarked;
