/** Byte streams to proven peers over TLS 1.3, by the Java platform's own JSSE. */
@NullMarked
package org.bowline.transport.tls;

import org.jspecify.annotations.NullMarked;
