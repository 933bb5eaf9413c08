package io.tidegate.roster;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells moves through a list in Redis that every node reads four times a second, and at once when
 * it has something to tell; one call at a time. The monitor guards what is told and read.
 */
public final class RedisMoves implements Moves {
  private static final int BEAT_MILLIS = 250;

  /** Within this a node has told of a connection that it has. */
  private static final long LISTED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int LOOK_MILLIS = 250;

  /** Moves told in one call: a script with so many holds the server up for about a millisecond. */
  private static final int TOLD_AT_ONCE = 500;

  /** Moves that wait to be told: more than a node lets in while one call is under way. */
  private static final int MOST_WAITING = 10_000;

  /** What a node that missed a beat or two still finds, with all nodes at their rate. */
  private static final int MOST_KEPT = 10_000;

  private static final RedisScript MOVES = RedisScript.of("moves");
  static final List<String> KEYS = List.of("{tgm}:l", "{tgm}:n");
  private static final Logger LOG = LoggerFactory.getLogger(RedisMoves.class);

  private final RedisLink link;
  private final String node;
  private final RedisRoster roster;
  private volatile @Nullable Listener listener;
  private final Set<Move> waiting = new LinkedHashSet<>();

  /** The number of the last entry read; -1 before the first call. */
  private long known = -1;

  private boolean underWay;

  /**
   * @param node names this process and no other
   */
  public RedisMoves(
      RedisLink link, String node, RedisRoster roster, ScheduledExecutorService timer) {
    this.link = link;
    this.node = node;
    this.roster = roster;
    timer.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean isElsewhere(AppId app, String connectionId) {
    try {
      long since = System.nanoTime();
      while (!roster.isListed(app, connectionId)) {
        if (System.nanoTime() - since > LISTED_NANOS) {
          return false;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      return true;
    } catch (RefusedException away) {
      LOG.debug("nobody can say where the connection is", away);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void tell(Move move) {
    synchronized (this) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(move);
      }
    }
    beat();
  }

  @Override
  public void listen(Listener toListener) {
    listener = toListener;
  }

  private void beat() {
    try {
      exchange();
    } catch (RuntimeException e) {
      LOG.error("moves of connections were not told, it goes on", e);
    }
  }

  private void exchange() {
    Listener to = listener;
    if (to == null) {
      return;
    }
    List<Move> telling;
    List<byte[]> args = new ArrayList<>();
    synchronized (this) {
      if (underWay) {
        return;
      }
      underWay = true;
      // A line that broke meanwhile is not told of: the client may be elsewhere by now.
      waiting.removeIf(move -> !to.has(move));
      telling = waiting.stream().limit(TOLD_AT_ONCE).toList();
      args.add(RedisSheet.utf8(node));
      args.add(RedisSheet.utf8(Long.toString(known)));
    }
    args.add(RedisSheet.utf8(Integer.toString(MOST_KEPT)));
    telling.forEach(move -> args.add(RedisSheet.utf8(move.text())));
    link.<List<byte[]>>eval(MOVES, ScriptOutputType.MULTI, KEYS, args.toArray(byte[][]::new))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                heard(to, telling, answer);
              } else {
                failed(failure);
              }
            });
  }

  private void heard(Listener to, List<Move> told, List<byte[]> answer) {
    List<Move> own;
    boolean more;
    synchronized (this) {
      known = Long.parseLong(RedisSheet.text(answer.getFirst()));
      own = List.copyOf(waiting);
      told.forEach(waiting::remove);
      more = !waiting.isEmpty();
      underWay = false;
    }
    answer.stream().skip(1).forEach(text -> heard(to, own, RedisSheet.text(text)));
    if (more) {
      beat();
    }
  }

  private static void heard(Listener to, List<Move> own, String text) {
    try {
      Move move = Move.parse(text);
      // What was told before this node told the same is of the older line of the two.
      if (own.stream().noneMatch(move::isLike)) {
        to.wentOn(move);
      }
    } catch (RuntimeException e) {
      LOG.warn("a move was left out: {}", text, e);
    }
  }

  /** It is told with a later beat, and read. */
  private synchronized void failed(Throwable failure) {
    underWay = false;
    LOG.debug("moves of connections are told later", failure);
  }
}
