package io.tidegate.e2e.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.webhook.send.SigningSecret;
import io.tidegate.webhook.send.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A customer's backend: takes what is signed with the secret it knows, tells repetitions by their
 * id, and misbehaves as it is told. Its events are messages with data {@code {"n": ...}}.
 */
final class Customer implements AutoCloseable {
  /** What it does with a call. */
  enum Mood {
    TAKE,
    TAKE_SLOWLY,
    /** Takes it, and the answer is lost. */
    TAKE_AND_BREAK_OFF,
    REFUSE,
    BREAK_OFF,
    /** Says nothing until who calls has gone. */
    HOLD
  }

  private static final int SLOW_MILLIS = 80;
  private static final int HELD_MILLIS = 6_000;
  private static final int UNAUTHORIZED = 401;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();
  private volatile Supplier<Mood> moods = () -> Mood.TAKE;

  /** The one it knows; none: nothing is genuine yet. */
  private volatile List<SigningSecret> known = List.of();

  /** When each event came for the first time, by channel and in that order. Guarded by itself. */
  private final Map<String, List<Taken>> taken = new HashMap<>();

  /** An event that was taken, and when by {@link System#nanoTime}. */
  record Taken(String id, int number, long at) {}

  Customer() {
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** From now on it knows this secret and no other, as one that was given a new one. */
  void know(String secret) {
    known = List.of(new SigningSecret(secret));
  }

  void behave(Supplier<Mood> as) {
    moods = as;
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String signature = exchange.getRequestHeaders().getFirst("Tidegate-Signature");
    switch (moods.get()) {
      case TAKE -> answer(exchange, take(signature, body));
      case TAKE_SLOWLY -> {
        sleep(SLOW_MILLIS);
        answer(exchange, take(signature, body));
      }
      case TAKE_AND_BREAK_OFF -> {
        take(signature, body);
        exchange.close();
      }
      case REFUSE -> answer(exchange, 503);
      case BREAK_OFF -> exchange.close();
      case HOLD -> {
        held.incrementAndGet();
        sleep(HELD_MILLIS);
        exchange.close();
      }
    }
  }

  private int take(String signature, byte[] body) throws IOException {
    Instant now = Instant.now();
    if (known.stream().noneMatch(one -> Verification.isGenuine(signature, body, one, now))) {
      unknown.incrementAndGet();
      return UNAUTHORIZED;
    }
    JsonNode event = MAPPER.readTree(body);
    String id = event.path("id").asText();
    String channel = event.path("data").path("channel").asText();
    Taken one = new Taken(id, event.findValue("n").asInt(), System.nanoTime());
    synchronized (taken) {
      List<Taken> before = taken.computeIfAbsent(channel, name -> new ArrayList<>());
      if (before.stream().noneMatch(each -> each.id().equals(id))) {
        before.add(one);
      }
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

  /** Calls of all kinds. */
  int calls() {
    return calls.get();
  }

  /** Calls to which it said nothing. */
  int held() {
    return held.get();
  }

  /** Calls that were not signed with the secret it knew then. */
  int unknown() {
    return unknown.get();
  }

  /** What it has of a channel, in the order in which it came first. */
  List<Taken> of(String channel) {
    synchronized (taken) {
      return List.copyOf(taken.getOrDefault(channel, List.of()));
    }
  }

  /** How many events of these channels it has. */
  int count(List<String> channels) {
    return channels.stream().mapToInt(channel -> of(channel).size()).sum();
  }

  /** Of each channel all numbers from 1 on came, for the first time in their order. */
  void assertHasInOrder(List<String> channels, int ofEach) {
    List<Integer> all = IntStream.rangeClosed(1, ofEach).boxed().toList();
    for (String channel : channels) {
      assertThat(of(channel).stream().map(Taken::number)).as(channel).isEqualTo(all);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
