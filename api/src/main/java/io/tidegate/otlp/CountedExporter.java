package io.tidegate.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is made and what arrives: the difference that stays was lost. */
final class CountedExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final LongAdder made = new LongAdder();
  private final LongAdder exported = new LongAdder();

  CountedExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  /** A span is on its way to here. */
  void made() {
    made.increment();
  }

  long spans() {
    return made.sum();
  }

  long exported() {
    return exported.sum();
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    // The collection is the caller's to reuse once it is exported.
    int count = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            exported.add(count);
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
