package io.tidegate.allowance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node of two, and a lender that answers when a test says so. */
final class HeldLender implements Lender {
  static final Duration PATIENCE = Duration.ofMillis(500);

  final ManualNanos nanos = new ManualNanos();
  final Courier courier = new Courier(this, Runnable::run);
  final Circle circle;
  private final Deque<Call> calls = new ArrayDeque<>();
  private boolean up = true;
  private int lent;

  private record Call(List<Wish> wishes, CompletableFuture<List<Loan>> answer) {}

  HeldLender() {
    this(PATIENCE);
  }

  HeldLender(Duration patience) {
    circle = new Circle(this, courier, () -> 2, nanos, patience);
  }

  @Override
  public boolean isUp() {
    return up;
  }

  void up(boolean now) {
    up = now;
  }

  @Override
  public synchronized CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes) {
    Call call = new Call(List.copyOf(wishes), new CompletableFuture<>());
    calls.add(call);
    lent++;
    return call.answer;
  }

  /** Calls ever made. */
  synchronized int lent() {
    return lent;
  }

  synchronized boolean isAsked() {
    return !calls.isEmpty();
  }

  /** What the oldest call without an answer asks for, which is one thing. */
  synchronized Wish wish() {
    List<Wish> wishes = calls.getFirst().wishes;
    if (wishes.size() != 1) {
      throw new AssertionError("asked for " + wishes);
    }
    return wishes.getFirst();
  }

  Wish.Tokens tokens() {
    return (Wish.Tokens) wish();
  }

  Wish.Places places() {
    return (Wish.Places) wish();
  }

  void answer(long granted, double rest) {
    answer(List.of(new Loan(granted, rest)));
  }

  void answer(List<Loan> loans) {
    oldest().answer.complete(loans);
  }

  void fail() {
    oldest().answer.completeExceptionally(new IllegalStateException("not heard"));
  }

  private synchronized Call oldest() {
    return calls.removeFirst();
  }
}
