package io.tidegate.roster;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisFaults;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisScript;
import io.tidegate.roster.RedisSheet.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the other nodes have written ({@link RedisRosterWriter}) and whose lease holds. */
public final class RedisRoster implements Roster {
  private static final RedisScript PAGE = RedisScript.of("roster-page");
  private static final RedisScript COUNTS = RedisScript.of("roster-counts");
  private static final Logger LOG = LoggerFactory.getLogger(RedisRoster.class);

  private final RedisLink link;
  private final Leases leases;

  public RedisRoster(RedisLink link, Leases leases) {
    this.link = link;
    this.leases = leases;
  }

  private record Entry(String name, String value) {}

  @Override
  public List<Connection> connections(AppId app, String after, int limit) {
    return page(Kind.CONNECTIONS, app, "", after, limit).stream()
        .sorted(Comparator.comparing(Entry::name))
        .limit(limit)
        .map(one -> new Connection(one.name(), one.value()))
        .toList();
  }

  @Override
  public boolean mayHave(AppId app, String connectionId) {
    String node = connectionId.substring(0, Math.max(0, connectionId.indexOf('-')));
    try {
      List<String> others = others();
      if (others.stream().anyMatch(lease -> Leases.node(lease).equals(node))) {
        return true;
      }
      return isListed(others, app, connectionId);
    } catch (RefusedException away) {
      LOG.debug("nobody can say where the connection is", away);
      return true;
    }
  }

  /**
   * Whether another live node has told that it has this connection.
   *
   * @throws RefusedException STORE_UNAVAILABLE when that cannot be said
   */
  boolean isListed(AppId app, String connectionId) {
    return isListed(others(), app, connectionId);
  }

  private boolean isListed(List<String> others, AppId app, String connectionId) {
    byte[] id = RedisSheet.utf8(connectionId);
    return ofAll(
            others,
            lease ->
                link.ask(
                    redis -> redis.zscore(RedisSheet.of(Kind.CONNECTIONS, app, lease).index(), id)))
        .stream()
        .anyMatch(Objects::nonNull);
  }

  @Override
  public boolean hasOthers() {
    return true;
  }

  @Override
  public List<ChannelName> channels(AppId app, String prefix, String after, int limit) {
    return page(Kind.SUBSCRIBERS, app, prefix, after, limit).stream()
        .map(Entry::name)
        .distinct()
        .sorted(ChannelName::compare)
        .limit(limit)
        .map(ChannelName::new)
        .toList();
  }

  @Override
  public Map<ChannelName, Integer> subscribers(AppId app, Collection<ChannelName> channels) {
    if (channels.isEmpty()) {
      return Map.of();
    }
    Map<ChannelName, Integer> sums = new HashMap<>();
    try {
      byte[][] names =
          channels.stream().map(name -> RedisSheet.utf8(name.value())).toArray(byte[][]::new);
      for (var counts :
          ofAll(
              others(),
              lease ->
                  link.<List<byte[]>>eval(
                      COUNTS,
                      ScriptOutputType.MULTI,
                      List.of(RedisSheet.of(Kind.SUBSCRIBERS, app, lease).values()),
                      names))) {
        int i = 0;
        for (ChannelName name : channels) {
          String count = RedisSheet.text(counts.get(i++));
          if (!count.isEmpty()) {
            sums.merge(name, Integer.parseInt(count), Integer::sum);
          }
        }
      }
    } catch (RefusedException away) {
      LOG.debug("subscribers of other nodes are not known now", away);
      return Map.of();
    }
    return sums;
  }

  /** The first of every other node, in no order. */
  private List<Entry> page(Kind kind, AppId app, String prefix, String after, int limit) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (List<byte[]> page :
          ofAll(others(), lease -> page(RedisSheet.of(kind, app, lease), prefix, after, limit))) {
        for (int i = 0; i < page.size(); i += 2) {
          entries.add(new Entry(RedisSheet.text(page.get(i)), RedisSheet.text(page.get(i + 1))));
        }
      }
      return entries;
    } catch (RefusedException away) {
      LOG.debug("what other nodes have is not known now", away);
      return List.of();
    }
  }

  private CompletionStage<List<byte[]>> page(
      RedisSheet sheet, String prefix, String after, int limit) {
    boolean within = !after.isEmpty() && ChannelName.compare(after, prefix) >= 0;
    String from = within ? "(" + after : prefix.isEmpty() ? "-" : "[" + prefix;
    return link.eval(
        PAGE,
        ScriptOutputType.MULTI,
        sheet.keys(),
        RedisSheet.utf8(prefix),
        RedisSheet.utf8(from),
        RedisSheet.utf8(Integer.toString(limit)));
  }

  private List<String> others() {
    String own = Leases.node(leases.own());
    return leases.live().stream().filter(lease -> !Leases.node(lease).equals(own)).toList();
  }

  /** Asks about all at once, then waits. */
  private static <T> List<T> ofAll(
      List<String> some, Function<String, CompletionStage<T>> question) {
    List<CompletionStage<T>> asked = some.stream().map(question).toList();
    List<T> answers = new ArrayList<>();
    for (CompletionStage<T> one : asked) {
      answers.add(await(one));
    }
    return answers;
  }

  static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw RedisFaults.ofRead(e);
    }
  }
}
