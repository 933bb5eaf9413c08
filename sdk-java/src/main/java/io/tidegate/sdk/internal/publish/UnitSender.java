package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.BatchResult;
import io.tidegate.sdk.Published;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.http.Answer;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Problems;
import io.tidegate.sdk.internal.http.RetryPolicy;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.json.JsonReader;
import io.tidegate.sdk.internal.message.PublishedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends units in one call; those that are refused for now are sent again, with the same ids, while
 * the time limit lasts.
 */
public final class UnitSender {
  private final Transport transport;
  private final Duration timeout;
  private final int attempts;

  public UnitSender(Transport transport, Duration timeout, int attempts) {
    this.transport = transport;
    this.timeout = timeout;
    this.attempts = attempts;
  }

  /** A result for each unit, in their order; fails when the call as a whole does. */
  public CompletableFuture<List<BatchResult>> send(List<Unit> units) {
    return send(units, 1, System.nanoTime() + timeout.toNanos());
  }

  private CompletableFuture<List<BatchResult>> send(List<Unit> units, int tried, long deadline) {
    return transport
        .send(Call.post("/v1/messages", Unit.body(units)))
        .thenApply(answer -> results(answer, units))
        .thenCompose(results -> repeated(units, results, tried, deadline));
  }

  private CompletableFuture<List<BatchResult>> repeated(
      List<Unit> units, List<BatchResult> results, int tried, long deadline) {
    List<Integer> again = new ArrayList<>();
    Duration advised = null;
    for (int i = 0; i < results.size(); i++) {
      Optional<TidegateException> error = results.get(i).error();
      if (error.isPresent() && RetryPolicy.helps(error.get(), true)) {
        again.add(i);
        advised = longer(advised, error.get().retryAfter().orElse(null));
      }
    }
    Duration delay = RetryPolicy.delay(tried, advised);
    boolean inTime = delay.toNanos() < deadline - System.nanoTime();
    if (again.isEmpty() || tried >= attempts || !inTime) {
      return CompletableFuture.completedFuture(results);
    }
    List<Unit> some = again.stream().map(units::get).toList();
    return CompletableFuture.supplyAsync(
            () -> send(some, tried + 1, deadline),
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS))
        .thenCompose(sent -> sent)
        .thenApply(
            better -> {
              List<BatchResult> merged = new ArrayList<>(results);
              for (int i = 0; i < again.size(); i++) {
                merged.set(again.get(i), better.get(i));
              }
              return List.copyOf(merged);
            });
  }

  private static List<BatchResult> results(Answer answer, List<Unit> units) {
    List<BatchResult> results = answer.as(UnitSender::read);
    if (results.size() != units.size()) {
      throw TidegateException.local(
          TidegateException.Local.ODD_ANSWER, "Not one result for each channel", null);
    }
    return results;
  }

  private static List<BatchResult> read(JsonReader reader) {
    List<BatchResult> results = new ArrayList<>();
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      if (name.equals("results")) {
        reader.beginArray();
        while (reader.nextItem()) {
          results.add(result(reader.raw()));
        }
      } else {
        reader.skip();
      }
    }
    return results;
  }

  private static BatchResult result(String json) {
    JsonReader reader = new JsonReader(json);
    String channel = "";
    TidegateException error = null;
    reader.beginObject();
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      switch (name) {
        case "channel" -> channel = reader.string();
        case "error" -> error = Problems.read(reader);
        default -> reader.skip();
      }
    }
    if (error != null) {
      return new BatchResult(channel, Optional.empty(), Optional.of(error));
    }
    Published published = PublishedReader.published(new JsonReader(json));
    return new BatchResult(channel, Optional.of(published), Optional.empty());
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) > 0 ? one : other;
  }
}
