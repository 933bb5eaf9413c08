package io.tidegate.guard;

import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a client may take over what it sends. A total, not a pace: a byte now and then buys no
 * time. At most one timer per connection, and none for a request that arrives in one piece; idle
 * time between requests is the server's {@code idle-timeout}. On the event loop.
 */
final class Pace {
  /** From connecting to the first byte; browsers connect ahead of need, and come back. */
  static final int SILENT_SECONDS = 10;

  /** From the first byte of a head to its end. */
  static final int HEAD_SECONDS = 5;

  /** From the end of the head to the end of the body: 1 MB at 35 kB/s. */
  static final int BODY_SECONDS = 30;

  /** What the client is at. */
  enum Stage {
    SILENT(SILENT_SECONDS),
    HEAD(HEAD_SECONDS),
    BODY(BODY_SECONDS),
    BETWEEN(0);

    private final int seconds;

    Stage(int seconds) {
      this.seconds = seconds;
    }
  }

  private final Channel channel;
  private Runnable late = () -> {};
  private Stage stage = Stage.SILENT;

  /** Counts stages: a second head is not the first one. */
  private int turn;

  private int timedTurn = -1;
  private @Nullable Future<?> timer;

  Pace(Channel channel) {
    this.channel = channel;
  }

  /** The connection is there; {@code late} is called when a stage has taken too long. */
  void begin(Runnable whenLate) {
    late = whenLate;
    settle();
  }

  Stage stage() {
    return stage;
  }

  /** A byte of a head has come, the first or another. */
  void head() {
    if (stage != Stage.HEAD) {
      enter(Stage.HEAD);
    }
  }

  void body() {
    enter(Stage.BODY);
  }

  void between() {
    enter(Stage.BETWEEN);
  }

  private void enter(Stage next) {
    stage = next;
    turn++;
  }

  /** No bytes are left for now: times the stage that the client is at. */
  void settle() {
    if (timedTurn == turn) {
      return;
    }
    stop();
    timedTurn = turn;
    if (stage.seconds > 0) {
      timer = channel.eventLoop().schedule(() -> late.run(), stage.seconds, TimeUnit.SECONDS);
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
