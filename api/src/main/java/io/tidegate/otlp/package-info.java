/** Traces as OpenTelemetry spans, sent by OTLP over HTTP. The only package that knows both. */
@NullMarked
package io.tidegate.otlp;

import org.jspecify.annotations.NullMarked;
