package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A backend on loopback that takes events, keeps a log of them, and misbehaves as it is told. */
final class Receiver implements AutoCloseable {
  /** What it does with a call. */
  enum Mood {
    TAKE,
    /** Takes it, and the answer is lost. */
    TAKE_AND_BREAK_OFF,
    TAKE_SLOWLY,
    REFUSE,
    BREAK_OFF,
    /** Answers when the caller has long gone. */
    STALL
  }

  private static final int SLOW_MILLIS = 60;
  private static final int STALL_MILLIS = 3_000;

  private final Supplier<Mood> moods;
  private final HttpServer server;

  /** Of each channel the numbers taken, in that order. Guarded by itself. */
  private final Map<String, List<Integer>> taken = new LinkedHashMap<>();

  private final List<String> signed = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();

  Receiver(Supplier<Mood> moods) {
    this.moods = moods;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst("Tidegate-Signature");
    switch (moods.get()) {
      case TAKE -> answer(exchange, take(body, signature));
      case TAKE_SLOWLY -> {
        sleep(SLOW_MILLIS);
        answer(exchange, take(body, signature));
      }
      case TAKE_AND_BREAK_OFF -> {
        take(body, signature);
        exchange.close();
      }
      case REFUSE -> answer(exchange, 503);
      case BREAK_OFF -> exchange.close();
      case STALL -> {
        sleep(STALL_MILLIS);
        answer(exchange, 503);
      }
    }
  }

  private int take(String body, String signature) {
    Object json = StrictJson.parse(body);
    List<?> events = json instanceof List<?> list ? list : List.of(json);
    synchronized (taken) {
      for (Object event : events) {
        if (event instanceof Map<?, ?> envelope
            && envelope.get("data") instanceof Map<?, ?> data
            && data.get("n") instanceof Number n) {
          taken
              .computeIfAbsent(String.valueOf(data.get("channel")), channel -> new ArrayList<>())
              .add(n.intValue());
        }
      }
      signed.add(signature + "\n" + body);
    }
    return 204;
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int calls() {
    return calls.get();
  }

  /** How many different events were taken. */
  int distinct() {
    synchronized (taken) {
      return taken.values().stream().mapToInt(numbers -> Set.copyOf(numbers).size()).sum();
    }
  }

  /** Each call that was taken: its signature, a line break, its body. */
  List<String> signed() {
    synchronized (taken) {
      return List.copyOf(signed);
    }
  }

  /** Of each channel all numbers from 1 on were taken, for the first time in their order. */
  void assertTakenInOrder(int channels, int ofEach) {
    synchronized (taken) {
      assertThat(taken).hasSize(channels);
      List<Integer> all = new ArrayList<>();
      for (int n = 1; n <= ofEach; n++) {
        all.add(n);
      }
      taken.forEach(
          (channel, numbers) ->
              assertThat(List.copyOf(new LinkedHashSet<>(numbers))).as(channel).isEqualTo(all));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
