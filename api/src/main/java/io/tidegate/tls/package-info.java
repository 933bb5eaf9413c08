/**
 * TLS of the public port: the certificate and its key from two PEM files, and again when they
 * change. Micronaut makes the handshakes; only HTTP/1.1 is offered.
 */
@NullMarked
package io.tidegate.tls;

import org.jspecify.annotations.NullMarked;
