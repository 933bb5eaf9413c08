package io.tidegate.e2e.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.e2e.rest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A backend on loopback that decides, and keeps a log of what it was asked. */
public final class HookReceiver implements AutoCloseable {
  public static final Reply ALLOW = json("{'decision':'allow'}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Function<JsonNode, Reply> decide;

  /** What it was asked. */
  public record Call(JsonNode envelope, String signature, String body) {
    public JsonNode data() {
      return envelope.path("data");
    }
  }

  /** What it answers; no status: nothing, until it closes. */
  public record Reply(int status, String body) {}

  public static final Reply SILENCE = new Reply(0, "");

  public HookReceiver(Function<JsonNode, Reply> decide) {
    this.decide = decide;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** 200 with JSON; single quotes will do. */
  public static Reply json(String text) {
    return new Reply(200, text.replace('\'', '"'));
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/decide";
  }

  /** From now on. */
  public void decide(Function<JsonNode, Reply> other) {
    decide = other;
  }

  public List<Call> calls() {
    return calls;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst("Tidegate-Signature");
    JsonNode envelope = Json.read(body);
    calls.add(new Call(envelope, String.valueOf(signature), body));
    Reply reply = decide.apply(envelope);
    if (reply.status() == 0) {
      await(closing);
      exchange.close();
      return;
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.status() == 307) {
      exchange.getResponseHeaders().add("Location", url());
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
