package io.tidegate.limit;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells through a list in Redis that every node reads four times a second, and at once when it has
 * something to tell; one call at a time. The monitor guards what is told and read.
 */
public final class RedisOpenings implements Openings {
  private static final int BEAT_MILLIS = 250;

  /** Told in one call: a script with so many holds the server up for about a millisecond. */
  private static final int TOLD_AT_ONCE = 500;

  /**
   * Wait to be told: more than a node lets in while one call is under way. Others count, beyond.
   */
  private static final int MOST_WAITING = 10_000;

  /** What a node that missed a beat or two still finds. */
  private static final int MOST_KEPT = 10_000;

  /** Told instead of what there was no room for. */
  private static final String MISSED = "*";

  private static final RedisScript TELL = RedisScript.of("moves");
  private static final List<String> KEYS = List.of("{tgo}:l", "{tgo}:n");
  private static final Logger LOG = LoggerFactory.getLogger(RedisOpenings.class);

  private final RedisLink link;
  private final String node;
  private final IntSupplier nodes;
  private volatile @Nullable Listener listener;
  private final Queue<String> waiting = new ArrayDeque<>();

  /** Whether something was not told as there was no room. */
  private boolean overflown;

  /** The number of the last entry read; -1 before the first call. */
  private long known = -1;

  private boolean underWay;

  /** Whether the last call was not answered. */
  private volatile boolean away;

  /**
   * @param node names this process and no other
   * @param nodes how many live, this one among them, as last known
   */
  public RedisOpenings(
      RedisLink link, String node, IntSupplier nodes, ScheduledExecutorService timer) {
    this.link = link;
    this.node = node;
    this.nodes = nodes;
    timer.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void tell(TenantId tenant, ChannelId channel) {
    synchronized (this) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(tenant + " " + channel.app().value() + " " + channel.name().value());
      } else {
        overflown = true;
      }
    }
    beat();
  }

  @Override
  public int unheard() {
    return away || !link.isUp() ? Math.max(0, nodes.getAsInt() - 1) : 0;
  }

  @Override
  public void listen(Listener toListener) {
    listener = toListener;
  }

  private void beat() {
    try {
      exchange();
    } catch (RuntimeException e) {
      LOG.error("channels that were let in were not told, it goes on", e);
    }
  }

  private void exchange() {
    List<byte[]> args = new ArrayList<>();
    List<String> telling;
    boolean lossy;
    long from;
    synchronized (this) {
      if (underWay) {
        return;
      }
      underWay = true;
      telling = waiting.stream().limit(TOLD_AT_ONCE).toList();
      lossy = overflown;
      overflown = false;
      from = known;
    }
    args.add(utf8(node));
    args.add(utf8(Long.toString(from)));
    args.add(utf8(Integer.toString(MOST_KEPT)));
    telling.forEach(text -> args.add(utf8(text)));
    if (lossy) {
      args.add(utf8(MISSED));
    }
    link.<List<byte[]>>eval(TELL, ScriptOutputType.MULTI, KEYS, args.toArray(byte[][]::new))
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                List<String> texts = answer.stream().map(RedisOpenings::text).toList();
                told(telling.size(), telling.size() + (lossy ? 1 : 0), from, texts);
              } else {
                failed(failure, lossy);
              }
            });
  }

  /**
   * @param many of those that waited
   * @param entries with what is told instead of others
   */
  private void told(int many, int entries, long from, List<String> answer) {
    long last = Long.parseLong(answer.getFirst());
    boolean more;
    synchronized (this) {
      for (int i = 0; i < many; i++) {
        waiting.remove();
      }
      known = last;
      more = !waiting.isEmpty();
      underWay = false;
    }
    long news = last - entries - from;
    hear(answer.subList(1, answer.size()), from >= 0 && news >= 0 && news <= MOST_KEPT);
    away = false;
    if (more) {
      beat();
    }
  }

  /**
   * @param all whether it is all that was told since
   */
  private void hear(List<String> news, boolean all) {
    Listener to = listener;
    if (to == null) {
      return;
    }
    try {
      if (!all || news.contains(MISSED)) {
        to.missed();
      }
      for (String one : news) {
        String[] parts = one.split(" ", 3);
        if (parts.length == 3) {
          to.opened(
              new TenantId(UUID.fromString(parts[0])),
              new ChannelId(new AppId(parts[1]), new ChannelName(parts[2])));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("what another node let in was not understood", e);
      to.missed();
    }
  }

  /** It is told with a later beat, and read. */
  private synchronized void failed(Throwable failure, boolean lossy) {
    underWay = false;
    overflown |= lossy;
    away = true;
    LOG.debug("channels that were let in are told later", failure);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
