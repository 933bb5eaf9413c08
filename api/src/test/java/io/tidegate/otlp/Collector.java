package io.tidegate.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A collector of OTLP over HTTP on this machine, which keeps what it gets as it came. */
public final class Collector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();

  /** It answers with this. */
  private volatile int status = 200;

  private Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  public static Collector start() {
    return new Collector();
  }

  /** What {@code TIDEGATE_OTLP_ENDPOINT} is set to. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (status == 200) {
      bodies.add(body);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  void answer(int with) {
    status = with;
  }

  /** Everything it got, one character per byte. */
  public String bytes() {
    StringBuilder all = new StringBuilder();
    bodies.forEach(body -> all.append(new String(body, StandardCharsets.ISO_8859_1)));
    return all.toString();
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  List<ExportTraceServiceRequest> requests() {
    return bodies.stream().map(Collector::parse).toList();
  }

  private static ExportTraceServiceRequest parse(byte[] body) {
    try {
      return ExportTraceServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("these bytes are not OTLP", e);
    }
  }

  /** The spans it got, in no order that means anything. */
  public List<CollectedSpan> spans() {
    return requests().stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(CollectedSpan::of)
        .toList();
  }

  public List<CollectedSpan> ofTrace(String traceId) {
    return spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** Waits for a span of the trace; there may be others of the kind. */
  CollectedSpan await(String traceId, Predicate<CollectedSpan> fits) {
    Awaitility.await().atMost(PATIENCE).until(() -> ofTrace(traceId).stream().anyMatch(fits));
    return ofTrace(traceId).stream().filter(fits).findFirst().orElseThrow();
  }

  CollectedSpan await(String traceId, String name) {
    return await(traceId, span -> span.name().equals(name));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
