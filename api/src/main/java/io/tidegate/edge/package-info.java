/**
 * Takes subscribe connections over from the HTTP server, beneath Micronaut: recognises the request
 * behind the HTTP codec, authenticates it, and hands the raw line to the protocol's own handler.
 */
@NullMarked
package io.tidegate.edge;

import org.jspecify.annotations.NullMarked;
