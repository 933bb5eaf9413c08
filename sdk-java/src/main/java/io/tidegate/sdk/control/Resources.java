package io.tidegate.sdk.control;

import io.tidegate.sdk.Paged;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.message.Pages;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Things of one kind. What is made is made once, however often it is tried. A route that the
 * gateway does not have for them answers 40500.
 */
public final class Resources<T> {
  private final Transport transport;
  private final String list;
  private final String item;
  private final Class<T> type;

  Resources(Transport transport, String list, String item, Class<T> type) {
    this.transport = transport;
    this.list = list;
    this.item = item;
    this.type = type;
  }

  /** All of them. */
  public Paged<T> list() {
    return new Paged<>(
        cursor ->
            transport
                .send(Call.get(Paths.query(list, "cursor", cursor)))
                .thenApply(
                    answer ->
                        answer.read(text -> Pages.page(text, one -> Pages.record(one, type)))));
  }

  /** One; 40400 when it is not there. */
  public T get(String id) {
    return Futures.join(getAsync(id));
  }

  /** {@link #get} without waiting. */
  public CompletableFuture<T> getAsync(String id) {
    return one(Call.get(Paths.of(item, id)));
  }

  /** Makes one of these fields. Secrets are in this answer and in no other. */
  public T create(Map<String, ?> fields) {
    return Futures.join(createAsync(fields));
  }

  /** {@link #create} without waiting. */
  public CompletableFuture<T> createAsync(Map<String, ?> fields) {
    return one(Call.create(list, fields));
  }

  /** Changes these fields and no others. */
  public T update(String id, Map<String, ?> fields) {
    return Futures.join(updateAsync(id, fields));
  }

  /** {@link #update} without waiting. */
  public CompletableFuture<T> updateAsync(String id, Map<String, ?> fields) {
    return one(Call.patch(Paths.of(item, id), fields));
  }

  /** Makes or replaces the one of this name. */
  public T put(String name, Map<String, ?> fields) {
    return Futures.join(putAsync(name, fields));
  }

  /** {@link #put} without waiting. */
  public CompletableFuture<T> putAsync(String name, Map<String, ?> fields) {
    return one(Call.put(Paths.of(item, name), fields));
  }

  /** Ends one; 40400 when it is not there. */
  public void delete(String id) {
    Futures.join(deleteAsync(id));
  }

  /** {@link #delete} without waiting. */
  public CompletableFuture<Void> deleteAsync(String id) {
    return transport.send(Call.delete(Paths.of(item, id))).thenApply(gone -> null);
  }

  /** Ends one with all it holds. */
  public void deleteCascading(String id) {
    Call call = Call.delete(Paths.query(Paths.of(item, id), "cascade", true));
    Futures.join(transport.send(call));
  }

  /** Gives a webhook or hook another secret; the one before it stays good for so many seconds. */
  public T rotateSecret(String id, long overlapSeconds) {
    String path = Paths.of(item, id) + "/rotate-secret";
    return Futures.join(one(Call.create(path, Map.of("overlapSeconds", overlapSeconds))));
  }

  private CompletableFuture<T> one(Call call) {
    return transport.send(call).thenApply(answer -> answer.value(type));
  }
}
