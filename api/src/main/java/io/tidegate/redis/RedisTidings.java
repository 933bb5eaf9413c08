package io.tidegate.redis;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other through a list in Redis, in one order for all. Each of them reads it
 * four times a second, and at once when it has something to tell; one call at a time. Begins with
 * its listener: until then what is told waits. The monitor guards what is told and read.
 *
 * @param <T> what is told; equal ones that wait are told once
 */
public final class RedisTidings<T> {
  private static final int BEAT_MILLIS = 250;

  /** Told in one call: a script with so many holds the server up for about a millisecond. */
  private static final int TOLD_AT_ONCE = 500;

  /** Wait to be told: more than a node lets in while one call is under way. */
  private static final int MOST_WAITING = 10_000;

  /** What a node that missed a beat or two still finds, with all nodes at their rate. */
  private static final int MOST_KEPT = 10_000;

  private static final RedisScript TIDINGS = RedisScript.of("tidings");
  private static final Logger LOG = LoggerFactory.getLogger(RedisTidings.class);

  private final RedisLink link;
  private final String node;
  private final List<String> keys;
  private volatile @Nullable Listener<T> listener;
  private Set<T> waiting = new LinkedHashSet<>();

  /** Of the call that is under way; null when none is. */
  private @Nullable List<T> telling;

  /** The number of the last entry read; -1 before the first call. */
  private long known = -1;

  /** Whether the last call was not answered. */
  private volatile boolean away;

  /** Whose tidings they are. Called on any thread; must not wait. */
  public interface Listener<T> {
    /** As other nodes read it. */
    String text(T told);

    /** Whether it is so still, so that others are to be told of it. */
    default boolean stands(T told) {
      return true;
    }

    /**
     * Called with every answer.
     *
     * @param texts what other nodes have told, oldest first
     * @param own what this node tells behind all of that
     * @param all whether nothing is missing of what was told since the last call
     */
    void heard(List<String> texts, Collection<T> own, boolean all);
  }

  /**
   * @param node names this process and no other
   * @param keys the list, and the number of its last entry; in one slot
   */
  public RedisTidings(
      RedisLink link, String node, List<String> keys, ScheduledExecutorService timer) {
    this.link = link;
    this.node = node;
    this.keys = keys;
    timer.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  public void listen(Listener<T> toListener) {
    listener = toListener;
  }

  /**
   * Tells it as soon as it can; never waits.
   *
   * @param instead told when so much waits that there is no room for it; null: nothing is
   */
  public void tell(T what, @Nullable T instead) {
    synchronized (this) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(what);
      } else if (instead != null) {
        waiting.add(instead);
      }
    }
    beat();
  }

  /** Whether the last call was answered, so that what others tell is heard. */
  public boolean isHearing() {
    return !away && link.isUp();
  }

  private void beat() {
    try {
      Listener<T> to = listener;
      if (to != null) {
        exchange(to);
      }
    } catch (RuntimeException e) {
      LOG.error("{} was not told, it goes on", keys, e);
    }
  }

  private void exchange(Listener<T> to) {
    List<byte[]> args = new ArrayList<>();
    List<T> now;
    long from;
    synchronized (this) {
      if (telling != null) {
        return;
      }
      waiting.removeIf(one -> !to.stands(one));
      now = waiting.stream().limit(TOLD_AT_ONCE).toList();
      from = known;
      args.add(utf8(node));
      args.add(utf8(Long.toString(from)));
      args.add(utf8(Integer.toString(MOST_KEPT)));
      now.forEach(one -> args.add(utf8(to.text(one))));
      now.forEach(waiting::remove);
      telling = now;
    }
    link.<List<byte[]>>eval(TIDINGS, ScriptOutputType.MULTI, keys, args.toArray(byte[][]::new))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                told(to, now, from, answer.stream().map(RedisTidings::text).toList());
              } else {
                failed(now, failure);
              }
            });
  }

  private void told(Listener<T> to, List<T> now, long from, List<String> answer) {
    long last = Long.parseLong(answer.getFirst());
    List<T> own = new ArrayList<>(now);
    boolean more;
    synchronized (this) {
      own.addAll(waiting);
      more = !waiting.isEmpty();
      known = last;
      telling = null;
    }
    long news = last - now.size() - from;
    boolean all = from >= 0 && news >= 0 && news <= MOST_KEPT;
    try {
      to.heard(answer.subList(1, answer.size()), own, all);
      away = false;
    } catch (RuntimeException e) {
      LOG.error("{} was not heard, it goes on", keys, e);
    }
    if (more) {
      beat();
    }
  }

  /** It is told with a later beat, and read. */
  private synchronized void failed(List<T> now, Throwable failure) {
    Set<T> all = new LinkedHashSet<>(now);
    all.addAll(waiting);
    waiting = all;
    telling = null;
    away = true;
    LOG.debug("{} is told later", keys, failure);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
