package io.tidegate.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as a collector has it.
 *
 * @param parentId empty for the first of a trace
 * @param begun ns since 1970
 * @param ended ns since 1970
 * @param facts texts and numbers, as text
 * @param events their names
 */
public record CollectedSpan(
    String traceId,
    String id,
    String parentId,
    String name,
    boolean isServer,
    long begun,
    long ended,
    Map<String, String> facts,
    List<String> events,
    boolean isError,
    String state) {

  static CollectedSpan of(Span span) {
    Map<String, String> facts = new TreeMap<>();
    span.getAttributesList().forEach(one -> facts.put(one.getKey(), text(one.getValue())));
    return new CollectedSpan(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getKind() == Span.SpanKind.SPAN_KIND_SERVER,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        facts,
        span.getEventsList().stream().map(Span.Event::getName).toList(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        span.getTraceState());
  }

  /** Empty when it is not there. */
  String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
