/**
 * Who is at the other end of a connection: the client's own address and scheme, as the trusted
 * proxies between tell them, by headers (RFC 7239 and its forerunners) or the PROXY protocol.
 */
@NullMarked
package io.tidegate.peer;

import org.jspecify.annotations.NullMarked;
