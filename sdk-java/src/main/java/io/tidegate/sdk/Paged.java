package io.tidegate.sdk;

import io.tidegate.sdk.internal.Futures;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that is read page by page, each one when it is wanted: iterate over it, {@link #stream}
 * it, or turn the pages oneself. Nothing is asked before, and each iteration begins anew.
 */
public final class Paged<T> implements Iterable<T> {
  private final Function<@Nullable String, CompletableFuture<Page<T>>> reader;

  /** Made by the SDK. The reader takes a cursor, null for the first page. */
  public Paged(Function<@Nullable String, CompletableFuture<Page<T>>> reader) {
    this.reader = reader;
  }

  /** The first page. */
  public Page<T> page() {
    return Futures.join(reader.apply(null));
  }

  /** The page that an earlier one named {@code next}. */
  public Page<T> page(String cursor) {
    return Futures.join(reader.apply(cursor));
  }

  /** {@link #page()} without waiting. */
  public CompletableFuture<Page<T>> pageAsync() {
    return reader.apply(null);
  }

  /** {@link #page(String)} without waiting. */
  public CompletableFuture<Page<T>> pageAsync(String cursor) {
    return reader.apply(cursor);
  }

  @Override
  public Iterator<T> iterator() {
    return new PageIterator<>(this);
  }

  /** All items, lazily. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }
}
