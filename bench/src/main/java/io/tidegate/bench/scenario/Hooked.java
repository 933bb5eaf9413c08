package io.tidegate.bench.scenario;

import io.tidegate.bench.net.Address;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Publishes what webhooks are told of over REST: {@code {"n": number in its channel, "sent":
 * when}}. Used by one thread.
 */
final class Hooked {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CREATED = 201;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Address backend;
  private final List<String> channels;

  /** The last number of each channel. */
  private final long[] last;

  Hooked(Address backend, String prefix, int channels) {
    this.backend = backend;
    this.last = new long[channels];
    this.channels = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      this.channels.add(prefix + i);
    }
  }

  /** So many to each channel, in one array; returns when all are acknowledged. */
  void burst(int ofEach) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < last.length; i++) {
      all.add(publish(i, ofEach, System.nanoTime()));
    }
    all.forEach(CompletableFuture::join);
  }

  /** At a pace, one by one, for so long; a channel's next one waits for the one before. */
  int pace(int perSecond, Duration time) {
    List<CompletableFuture<Void>> before = new ArrayList<>();
    channels.forEach(c -> before.add(CompletableFuture.completedFuture(null)));
    int count = (int) (perSecond * time.toMillis() / 1_000);
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = begun + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int channel = i % last.length;
      before.get(channel).join();
      before.set(channel, publish(channel, 1, due));
    }
    before.forEach(CompletableFuture::join);
    return count;
  }

  private CompletableFuture<Void> publish(int channel, int count, long sent) {
    long from = last[channel] + 1;
    last[channel] += count;
    String body =
        LongStream.range(from, from + count)
            .mapToObj(n -> "{\"data\":{\"n\":" + n + ",\"sent\":" + sent + "}}")
            .collect(Collectors.joining(",", "[", "]"));
    String path = "/v1/channels/" + channels.get(channel) + "/messages";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + backend.host() + path))
            .timeout(PATIENCE)
            .header("Authorization", backend.authorization())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenAccept(Hooked::check);
  }

  private static void check(HttpResponse<String> answer) {
    if (answer.statusCode() != CREATED) {
      throw new IllegalStateException("a publish was answered " + answer.body());
    }
  }
}
