package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.TidegateException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** To a reactive subscriber (Flow; Reactive Streams 1.0.4): no message that it did not ask for. */
final class StreamSink implements Receiver.Sink, Flow.Subscription {
  private final Flow.Subscriber<? super Message> subscriber;
  private final Consumer<Discontinuity> onDiscontinuity;

  /** Null until it has begun; what is asked for before that is kept in {@link #early}. */
  private volatile @Nullable Receiver receiver;

  private long early;
  private boolean cancelled;
  private boolean ended;

  private StreamSink(
      Flow.Subscriber<? super Message> subscriber, Consumer<Discontinuity> onDiscontinuity) {
    this.subscriber = subscriber;
    this.onDiscontinuity = onDiscontinuity;
  }

  static void begin(
      Flow.Subscriber<? super Message> subscriber,
      Consumer<Discontinuity> onDiscontinuity,
      Function<Receiver.Sink, Receiver> open) {
    if (subscriber == null) {
      throw new NullPointerException("subscriber"); // Rule 1.9.
    }
    StreamSink sink = new StreamSink(subscriber, onDiscontinuity);
    subscriber.onSubscribe(sink);
    sink.begin(open);
  }

  private void begin(Function<Receiver.Sink, Receiver> open) {
    synchronized (this) {
      if (cancelled) {
        return;
      }
    }
    Receiver opened = open.apply(this);
    long more;
    boolean gone;
    synchronized (this) {
      receiver = opened;
      more = early;
      gone = cancelled;
    }
    if (gone) {
      opened.close();
    } else if (more > 0) {
      opened.request(more);
    }
  }

  @Override
  public void request(long more) {
    Receiver to;
    synchronized (this) {
      to = receiver;
      if (to == null && more > 0) {
        early = early + more < 0 ? Long.MAX_VALUE : early + more;
      }
    }
    if (more <= 0) {
      cancel();
      fail(new IllegalArgumentException("Rule 3.9: demand is positive, not " + more));
    } else if (to != null) {
      to.request(more);
    }
  }

  @Override
  public void cancel() {
    Receiver from;
    synchronized (this) {
      cancelled = true;
      from = receiver;
    }
    if (from != null) {
      from.close();
    }
  }

  @Override
  public void message(Message message) {
    subscriber.onNext(message);
  }

  @Override
  public void jump(Discontinuity jump) {
    onDiscontinuity.accept(jump);
  }

  @Override
  public void end(TidegateException reason) {
    fail(reason);
  }

  private void fail(Throwable reason) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    subscriber.onError(reason);
  }
}
