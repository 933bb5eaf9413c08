package io.tidegate.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tidegate.settings.Otlp;
import io.tidegate.trace.Trace;
import io.tidegate.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans and sends them in batches from a thread of its own. What the collector does not take
 * in time is dropped and counted: nobody in the gateway ever waits for it.
 */
public final class OtlpTraces implements Traces {
  /** Finished spans that wait, about 2 MB; more are dropped. */
  private static final int MAX_WAITING_SPANS = 4_096;

  private static final int MAX_BATCH_SPANS = 512;

  /** A span is seen by the collector so soon. */
  private static final Duration BATCH_EVERY = Duration.ofSeconds(1);

  /** A collector that stands still costs a batch after so long. */
  private static final Duration SEND_WITHIN = Duration.ofSeconds(5);

  /** A drain has 30 s for everything; a collector that is gone gets no more of them. */
  private static final int CLOSE_SECONDS = 3;

  private final SdkTracerProvider provider;
  private final CountedExporter exporter;
  private final Tracer tracer;

  private OtlpTraces(SdkTracerProvider provider, CountedExporter exporter) {
    this.provider = provider;
    this.exporter = exporter;
    this.tracer = provider.get("io.tidegate");
  }

  /**
   * @param node what tells this process from the others of the installation
   */
  public static OtlpTraces open(Otlp settings, String node, String version) {
    SdkLog.begin();
    OtlpHttpSpanExporterBuilder http =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.traces().toString())
            .setTimeout(SEND_WITHIN)
            .setConnectTimeout(SEND_WITHIN)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach((name, value) -> http.addHeader(name, value.text()));
    CountedExporter exporter = new CountedExporter(http.build());
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource(node, version))
            .setSampler(sampler(settings.ratio()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter)
                    .setMaxQueueSize(MAX_WAITING_SPANS)
                    .setMaxExportBatchSize(MAX_BATCH_SPANS)
                    .setScheduleDelay(BATCH_EVERY)
                    .setExporterTimeout(SEND_WITHIN)
                    .setMeterProvider(MeterProvider.noop())
                    .build())
            .build();
    return new OtlpTraces(provider, exporter);
  }

  private static Resource resource(String node, String version) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    "tidegate",
                    AttributeKey.stringKey("service.version"),
                    version,
                    AttributeKey.stringKey("service.instance.id"),
                    node)));
  }

  /** A caller that is traced decides for us, as far as the cap goes; others are drawn by lot. */
  private static Sampler sampler(double ratio) {
    RateCap cap = new RateCap();
    return Sampler.parentBasedBuilder(cap.of(Sampler.traceIdRatioBased(ratio)))
        .setRemoteParentSampled(cap.of(Sampler.alwaysOn()))
        .build();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public @Nullable String parent(List<String> header) {
    return header.size() == 1 && Traceparent.isValid(header.getFirst()) ? header.getFirst() : null;
  }

  @Override
  public @Nullable Trace begin(@Nullable String parent) {
    Context context = parent == null ? Context.root() : Traceparent.read(parent);
    TraceClock clock = TraceClock.start();
    Span span =
        tracer
            .spanBuilder("request")
            .setParent(context)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(clock.startNanos(), TimeUnit.NANOSECONDS)
            .startSpan();
    return span.getSpanContext().isSampled() ? new OtlpTrace(this, span, clock) : null;
  }

  /** A part of a request, which began at {@code fromNanos} and is told to {@link #finish}. */
  Span part(String name, Span of, long fromNanos) {
    return tracer
        .spanBuilder(name)
        .setParent(Context.root().with(of))
        .setStartTimestamp(fromNanos, TimeUnit.NANOSECONDS)
        .startSpan();
  }

  void finish(Span span, long atNanos) {
    exporter.made();
    span.end(atNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public long spans() {
    return exporter.spans();
  }

  @Override
  public long exported() {
    return exporter.exported();
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
