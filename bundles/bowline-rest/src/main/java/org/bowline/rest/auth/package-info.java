/**
 * Who asks, and what they may: users, sessions, API tokens, and the gate in front of every route.
 */
@NullMarked
package org.bowline.rest.auth;

import org.jspecify.annotations.NullMarked;
