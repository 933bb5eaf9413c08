/**
 * Holds code and contract together: reads {@code openapi/openapi.yaml} and {@code
 * openapi/asyncapi.yaml} and says what an HTTP exchange or a frame does that they do not. Knows
 * nothing of the server, so that any test can hand it what went over the wire:
 *
 * <pre>{@code
 * assertThat(OpenApiContract.load().validate(Exchange.of(response, requestBody))).isEmpty();
 * assertThat(FrameContract.load().validateServer(frame)).isEmpty();
 * }</pre>
 */
@NullMarked
package io.tidegate.contract;

import org.jspecify.annotations.NullMarked;
