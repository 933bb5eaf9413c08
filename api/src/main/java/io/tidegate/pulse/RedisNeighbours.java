package io.tidegate.pulse;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes through a hash of its own with a field for each app, and reads theirs. What
 * a node that is gone has told is gone some seconds later.
 */
public final class RedisNeighbours implements Neighbours {
  /** The field of the node itself: no app is called so. */
  private static final String NODE = "*";

  private static final String NODES = "{tgp}:n";
  private static final String HASH = "{tgp}:";

  /** Some beats: a node that pauses is not gone. */
  private static final long HOLDS_MILLIS = 8_000;

  /** Fields in one command: with so many it holds the server up for less than a millisecond. */
  private static final int AT_ONCE = 500;

  /** More apps that do something at once than a node can serve; the others are not told of. */
  private static final int MOST_APPS = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(RedisNeighbours.class);

  private final RedisLink link;
  private final String node;
  private final Pulse pulse;

  /** Apps in the hash; on the telling thread. */
  private Set<String> told = Set.of();

  /**
   * @param node names this process and no other
   */
  public RedisNeighbours(RedisLink link, String node, Pulse pulse) {
    this.link = link;
    this.node = node;
    this.pulse = pulse;
  }

  /** Every second or two, by one thread; may wait. */
  public void tell(Instant now) {
    String key = HASH + node;
    Map<String, byte[]> fields = new HashMap<>();
    fields.put(NODE, utf8(NodePulse.of(pulse, now).text()));
    for (Map.Entry<AppId, Rates> one : pulse.byApp().entrySet()) {
      if (fields.size() > MOST_APPS) {
        break;
      }
      fields.put(one.getKey().value(), utf8(one.getValue().text()));
    }
    Set<String> gone = new HashSet<>(told);
    gone.removeAll(fields.keySet());
    try {
      List<CompletionStage<?>> asked = new ArrayList<>();
      for (Map<String, byte[]> some : portions(fields)) {
        asked.add(link.ask(redis -> redis.hset(key, some)));
      }
      if (!gone.isEmpty()) {
        asked.add(link.ask(redis -> redis.hdel(key, gone.toArray(String[]::new))));
      }
      asked.add(link.ask(redis -> redis.pexpire(key, HOLDS_MILLIS)));
      asked.add(link.ask(redis -> redis.sadd(NODES, utf8(node))));
      asked.forEach(RedisNeighbours::await);
      told = Set.copyOf(fields.keySet());
    } catch (RefusedException away) {
      LOG.debug("other nodes are told later of what goes on here", away);
    }
  }

  private static List<Map<String, byte[]>> portions(Map<String, byte[]> fields) {
    List<Map<String, byte[]>> portions = new ArrayList<>();
    Map<String, byte[]> portion = new HashMap<>();
    for (Map.Entry<String, byte[]> one : fields.entrySet()) {
      portion.put(one.getKey(), one.getValue());
      if (portion.size() == AT_ONCE) {
        portions.add(portion);
        portion = new HashMap<>();
      }
    }
    portions.add(portion);
    portions.removeIf(Map::isEmpty);
    return portions;
  }

  @Override
  public Rates sum(Collection<AppId> apps) {
    List<String> names = apps.stream().map(AppId::value).toList();
    Rates sum = Rates.NONE;
    try {
      for (String other : others()) {
        for (int from = 0; from < names.size(); from += AT_ONCE) {
          String[] some =
              names.subList(from, Math.min(names.size(), from + AT_ONCE)).toArray(String[]::new);
          for (var field : await(link.ask(redis -> redis.hmget(HASH + other, some)))) {
            if (field.hasValue()) {
              sum = sum.plus(read(field.getValue()));
            }
          }
        }
      }
    } catch (RefusedException away) {
      LOG.debug("what goes on at other nodes is not known now", away);
      return Rates.NONE;
    }
    return sum;
  }

  @Override
  public Map<String, NodePulse> nodes() {
    Map<String, NodePulse> found = new HashMap<>();
    try {
      for (String other : others()) {
        byte[] text = await(link.ask(redis -> redis.hget(HASH + other, NODE)));
        NodePulse one = text == null ? null : node(text);
        if (one != null) {
          found.put(other, one);
        } else {
          // It has not told for a while; if it comes back it says so itself.
          await(link.ask(redis -> redis.srem(NODES, utf8(other))));
        }
      }
    } catch (RefusedException away) {
      LOG.debug("what other nodes do is not known now", away);
    }
    return found;
  }

  private List<String> others() {
    return await(link.ask(redis -> redis.smembers(NODES))).stream()
        .map(name -> new String(name, StandardCharsets.UTF_8))
        .filter(name -> !name.equals(node))
        .toList();
  }

  private static Rates read(byte[] text) {
    try {
      return Rates.parse(new String(text, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.debug("another version tells of other figures", e);
      return Rates.NONE;
    }
  }

  private static @Nullable NodePulse node(byte[] text) {
    try {
      return NodePulse.parse(new String(text, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      LOG.debug("another version tells of other figures", e);
      return null;
    }
  }

  private static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw RedisFaults.ofRead(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
