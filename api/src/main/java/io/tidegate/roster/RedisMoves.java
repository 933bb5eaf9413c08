package io.tidegate.roster;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisTidings;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves that nodes tell each other through Redis; where connections are is in the roster. */
public final class RedisMoves implements Moves {
  /** Within this a node has told of a connection that it has. */
  private static final long LISTED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int LOOK_MILLIS = 250;
  static final List<String> KEYS = List.of("{tgm}:l", "{tgm}:n");
  private static final Logger LOG = LoggerFactory.getLogger(RedisMoves.class);

  private final RedisRoster roster;
  private final RedisTidings<Move> tidings;

  /**
   * @param node names this process and no other
   */
  public RedisMoves(
      RedisLink link, String node, RedisRoster roster, ScheduledExecutorService timer) {
    this.roster = roster;
    this.tidings = new RedisTidings<>(link, node, KEYS, timer);
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
    tidings.tell(move, null);
  }

  @Override
  public void listen(Listener listener) {
    tidings.listen(
        new RedisTidings.Listener<>() {
          @Override
          public String text(Move move) {
            return move.text();
          }

          /** A line that broke meanwhile is not told of: the client may be elsewhere by now. */
          @Override
          public boolean stands(Move move) {
            return listener.has(move);
          }

          @Override
          public void heard(List<String> texts, Collection<Move> own, boolean all) {
            texts.forEach(text -> hear(listener, own, text));
          }
        });
  }

  private static void hear(Listener to, Collection<Move> own, String text) {
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
}
