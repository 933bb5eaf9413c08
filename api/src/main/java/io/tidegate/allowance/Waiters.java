package io.tidegate.allowance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those who wait until the lender has answered, in their order. Guarded by their owner. */
final class Waiters<T> {
  /** More than so many for one bucket or tally are refused at once. */
  private static final int MAX = 1_000;

  private final Deque<One<T>> all = new ArrayDeque<>();

  /** Guarded by the owner, but for its answer. */
  static final class One<T> {
    final long many;
    final CompletableFuture<T> answer = new CompletableFuture<>();

    /** Whether the call that is under way asks for it too. */
    private boolean asked;

    One(long many) {
      this.many = many;
    }

    /** Without the owner's monitor. */
    T await(Duration patience, Supplier<T> otherwise) {
      try {
        return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        return otherwise.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return otherwise.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean isFull() {
    return all.size() >= MAX;
  }

  void add(One<T> one) {
    all.add(one);
  }

  boolean remove(One<T> one) {
    return all.remove(one);
  }

  /** A call asks for them; returns how many they want together. */
  long asked() {
    long many = 0;
    for (One<T> one : all) {
      one.asked = true;
      many += one.many;
    }
    return many;
  }

  /**
   * After a call: each gets what there is for it. Who was not asked for waits on when that is
   * nothing.
   *
   * @param given null for nothing
   * @param refused what those are told for whom there is nothing
   * @param everyone whether nobody is to wait on
   * @return what tells them; to be run without the owner's monitor
   */
  Runnable serve(
      Function<One<T>, @Nullable T> given, Function<One<T>, T> refused, boolean everyone) {
    Deque<Runnable> told = new ArrayDeque<>();
    all.removeIf(
        one -> {
          T answer = given.apply(one);
          if (answer == null && (one.asked || everyone)) {
            answer = refused.apply(one);
          }
          if (answer == null) {
            return false;
          }
          T said = answer;
          told.add(() -> one.answer.complete(said));
          return true;
        });
    return () -> told.forEach(Runnable::run);
  }
}
