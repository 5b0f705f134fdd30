/** The REST API, {@code /api/v1}: one servlet for each room, each gone while its room is away. */
@NullMarked
package org.bowline.rest;

import org.jspecify.annotations.NullMarked;
