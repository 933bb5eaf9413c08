package io.tidegate.bench.subscribe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.tidegate.bench.check.SeqRun;
import io.tidegate.bench.net.Address;
import io.tidegate.bench.net.LoopMeter;
import io.tidegate.bench.net.Loops;
import io.tidegate.bench.net.WsClient;
import io.tidegate.bench.net.WsListener;
import io.tidegate.bench.wire.MessageScanner;
import io.tidegate.bench.wire.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of one channel on a connection of its own, across reconnects. All state is its
 * loop's; what main reads ({@link #run}) it reads after {@link Loops#fence}.
 */
public final class Subscriber implements WsListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Loops.Loop loop;
  private final String channel;
  private final Deliveries deliveries;
  private final SeqRun run = new SeqRun();

  private Address address;
  private CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Of the last {@link #leave} or {@link #lose}. */
  private CompletableFuture<Void> ended = new CompletableFuture<>();

  /** The connection in use; null before the first. */
  private @Nullable WsClient current;

  /** Null until subscribed. */
  private @Nullable String epoch;

  /** The end of the connection is wanted. */
  private boolean leaving;

  /** There is no connection, nor is one being made. */
  private boolean over = true;

  /** A subscriber of {@code channel}, not yet connected. */
  public Subscriber(Address address, Loops.Loop loop, String channel, Deliveries deliveries) {
    this.address = address;
    this.loop = loop;
    this.channel = channel;
    this.deliveries = deliveries;
  }

  /** Connects and subscribes; from the second time on, goes on after the last seq received. */
  public CompletableFuture<Void> open() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.executor()
        .execute(
            () -> {
              ready = done;
              leaving = false;
              over = false;
              current = null;
              current = WsClient.connect(address, loop, this);
            });
    return done;
  }

  /** Ends the connection abruptly; a later {@link #open} resumes. */
  public void cut() {
    loop.executor()
        .execute(
            () -> {
              leaving = true;
              if (current != null) {
                current.reset();
              }
            });
  }

  /**
   * Reads nothing any more; being thrown out for that is no fault. A later {@link #cut} and {@link
   * #open} resume.
   */
  public void stall() {
    loop.executor()
        .execute(
            () -> {
              leaving = true;
              if (current != null) {
                current.reading(false);
              }
            });
  }

  /** Ends the connection with a close frame; done when it has ended. */
  public CompletableFuture<Void> leave() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.executor()
        .execute(
            () -> {
              leaving = true;
              ended = done;
              if (current == null) {
                done.complete(null);
              } else {
                current.close();
              }
            });
    return done;
  }

  /** The end of the connection is near and no fault; done when it has ended. */
  public CompletableFuture<Void> lose() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.executor()
        .execute(
            () -> {
              leaving = true;
              ended = done;
              if (over) {
                done.complete(null);
              }
            });
    return done;
  }

  /** Where a later {@link #open} connects. */
  public void moveTo(Address there) {
    loop.executor().execute(() -> address = there);
  }

  /** Takes nothing off the socket any more, or goes on. */
  public void reading(boolean on) {
    loop.executor()
        .execute(
            () -> {
              if (current != null) {
                current.reading(on);
              }
            });
  }

  /** What was received. */
  public SeqRun run() {
    return run;
  }

  /** The channel subscribed. */
  public String channel() {
    return channel;
  }

  @Override
  public void opened(WsClient client) {}

  @Override
  public void text(WsClient client, ByteBuf bytes, int from, int length) {
    if (!MessageScanner.isMessage(bytes, from, length)) {
      control(client, bytes.toString(from, length, StandardCharsets.UTF_8));
      return;
    }
    LoopMeter meter = loop.meter();
    MessageScanner scanner = meter.scanner;
    if (scanner.scan(bytes, from, length)) {
      received(scanner.seq, scanner.sent, scanner.number);
    } else {
      run.fault("unknown message " + bytes.toString(from, length, StandardCharsets.UTF_8));
    }
  }

  private void received(long seq, long sent, long number) {
    loop.meter().message(Stamp.now() - sent);
    run.accept(seq, number);
    deliveries.delivered(number);
  }

  @Override
  public void readComplete(WsClient client) {
    deliveries.drained();
  }

  @Override
  public void closed(WsClient client, String reason) {
    boolean stale = current != null && current != client;
    if (!stale && !leaving) {
      fail(reason);
    }
    if (!stale) {
      over = true;
      ended.complete(null);
    }
  }

  private void control(WsClient client, String text) {
    try {
      JsonNode frame = JSON.readTree(text);
      switch (frame.path("type").asText()) {
        case "connected" -> client.send(subscribe());
        case "subscribed" -> subscribed(frame);
        case "message" -> foreignForm(text);
        case "expiring", "pong" -> {}
        // discontinuity, error, reconnect, unsubscribed, skipped: none belongs in a measurement.
        default -> fail(text);
      }
    } catch (JsonProcessingException e) {
      fail("not JSON: " + text);
    }
  }

  private String subscribe() {
    String since =
        epoch == null ? "" : ",\"since\":{\"epoch\":\"" + epoch + "\",\"seq\":" + run.last() + "}";
    return "{\"type\":\"subscribe\",\"id\":\"1\",\"channel\":\"" + channel + "\"" + since + "}";
  }

  private void subscribed(JsonNode frame) {
    long seq = frame.path("seq").asLong(-1);
    boolean again = epoch != null;
    epoch = frame.path("epoch").asText();
    if (!again) {
      run.startAfter(seq);
    } else if (!frame.path("resumed").asBoolean() || seq != run.last()) {
      fail("not resumed after " + run.last() + ": " + frame);
      return;
    }
    ready.complete(null);
  }

  /** A message whose fields come in another order than expected: slow, but read. */
  private void foreignForm(String text) throws JsonProcessingException {
    JsonNode frame = JSON.readTree(text);
    String mark = frame.path("data").path("mark").asText();
    if (mark.length() != Stamp.TIME_DIGITS + Stamp.NUMBER_DIGITS) {
      run.fault("unknown message " + text);
      return;
    }
    received(
        frame.path("seq").asLong(),
        Long.parseLong(mark.substring(0, Stamp.TIME_DIGITS), 16),
        Long.parseLong(mark.substring(Stamp.TIME_DIGITS), 16));
  }

  private void fail(String why) {
    run.fault(why);
    ready.completeExceptionally(new IllegalStateException(channel + ": " + why));
  }
}
