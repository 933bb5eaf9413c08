package io.tidegate.sdk.control;

import io.tidegate.sdk.Paged;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.json.JsonWriter;
import io.tidegate.sdk.internal.message.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one webhook is sent, was sent, or could not be. */
public final class Deliveries {
  private final Transport transport;
  private final String path;

  Deliveries(Transport transport, String path) {
    this.transport = transport;
    this.path = path;
  }

  /** All that are kept, the one queued last first. */
  public Paged<Delivery> list() {
    return paged(path);
  }

  /** Those that are {@code pending}, {@code delivered} or {@code dead}. */
  public Paged<Delivery> list(String state) {
    return paged(Paths.query(path, "state", state));
  }

  private Paged<Delivery> paged(String first) {
    return new Resources<>(transport, first, path + "/{}", Delivery.class).list();
  }

  /** One with its attempts; 40400 when it is not there. */
  public DeliveryDetail get(String id) {
    return Futures.join(getAsync(id));
  }

  /** {@link #get} without waiting. */
  public CompletableFuture<DeliveryDetail> getAsync(String id) {
    return transport
        .send(Call.get(Paths.of(path + "/{}", id)))
        .thenApply(answer -> answer.read(Deliveries::detail));
  }

  private static DeliveryDetail detail(String json) {
    More more = Pages.record(json, More.class);
    return new DeliveryDetail(
        Pages.record(json, Delivery.class), more.data(), List.copyOf(more.attemptLog()));
  }

  /** Sends one again, with the same event id; 40908 while it is pending. */
  public Delivery replay(String id) {
    return Futures.join(replayAsync(id));
  }

  /** {@link #replay(String)} without waiting. */
  public CompletableFuture<Delivery> replayAsync(String id) {
    return transport
        .send(Call.post(Paths.of(path + "/{}/replay", id), null))
        .thenApply(answer -> answer.value(Delivery.class));
  }

  /** Sends many again, in the order in which they were queued first. */
  public Replayed replay(ReplayRequest which) {
    return Futures.join(replayAsync(which));
  }

  /** {@link #replay(ReplayRequest)} without waiting. */
  public CompletableFuture<Replayed> replayAsync(ReplayRequest which) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("state", which.state());
    if (which.from() != null) {
      body.put("from", which.from());
    }
    if (which.to() != null) {
      body.put("to", which.to());
    }
    return transport
        .send(Call.post(path + "/replay", JsonWriter.write(body)))
        .thenApply(answer -> answer.value(Replayed.class));
  }

  /** What a delivery has beside its fields in a list. */
  private record More(
      Map<String, @Nullable Object> data, List<DeliveryDetail.Attempt> attemptLog) {}
}
