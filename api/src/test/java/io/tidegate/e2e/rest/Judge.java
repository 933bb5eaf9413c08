package io.tidegate.e2e.rest;

import io.tidegate.contract.Exchange;
import io.tidegate.contract.FrameContract;
import io.tidegate.contract.OpenApiContract;
import io.tidegate.contract.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything the tests send and get against the contract. What it finds fails the test, by
 * {@link KeepsToTheContract}; any thread.
 */
public final class Judge {
  private static final OpenApiContract HTTP = OpenApiContract.load();
  private static final FrameContract FRAMES = FrameContract.load();

  /** Frames found good, so that one message to many subscribers is judged once. */
  private static final Set<String> GOOD = ConcurrentHashMap.newKeySet();

  private static final int MAX_GOOD = 50_000;
  private static final Queue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

  private Judge() {}

  public static void exchange(HttpResponse<String> response, @Nullable String requestBody) {
    exchange(Exchange.of(response, requestBody));
  }

  public static void exchange(Exchange exchange) {
    VIOLATIONS.addAll(HTTP.validate(exchange));
  }

  /** A text frame from the server over WebSocket. */
  public static void serverFrame(String frame) {
    once("server " + frame, () -> FRAMES.validateServer(frame));
  }

  /** A text frame that a test sends and means well. */
  public static void clientFrame(String frame) {
    once("client " + frame, () -> FRAMES.validateClient(frame));
  }

  /** A frame from the server to a listener of {@code /v1/events}. */
  public static void listenerFrame(String frame) {
    once("listener " + frame, () -> FRAMES.validateListener(frame));
  }

  /** An event of a stream, or of a poll's answer. */
  public static void event(String type, String data) {
    once(type + " " + data, () -> FRAMES.validateEvent(type, data));
  }

  /** What a closed WebSocket said; 1006 stands for no word at all. */
  public static void closeCode(int code) {
    if (code != 1000 && code != 1006 && !FRAMES.closeCodes().containsKey(code)) {
      VIOLATIONS.add("close code " + code + " is not documented");
    }
  }

  /** Every operation of the contract. */
  public static List<Route> routes() {
    return HTTP.routes();
  }

  /** All faults since the last call. */
  static List<String> takeViolations() {
    List<String> taken = new ArrayList<>();
    for (String next = VIOLATIONS.poll(); next != null; next = VIOLATIONS.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private static void once(String key, Supplier<List<String>> judge) {
    if (GOOD.contains(key)) {
      return;
    }
    List<String> faults = judge.get();
    VIOLATIONS.addAll(faults);
    if (faults.isEmpty() && GOOD.size() < MAX_GOOD) {
      GOOD.add(key);
    }
  }
}
