package io.tidegate.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.roster.RedisSheet.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A node writes what it has, another reads it. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RedisRosterTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("5");

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final RedisLink link = PatientLink.open(redis.url(), timer);
  private final List<String> live = new ArrayList<>(List.of("aaaaaa-1", "bbbbbb-2"));
  private final Node writing = new Node("aaaaaa-1");
  private final RedisRoster roster = new RedisRoster(link, new Node("bbbbbb-2"));
  private final RedisRosterWriter writer = new RedisRosterWriter(link, Kind.SUBSCRIBERS);
  private final Map<String, Integer> channels = new TreeMap<>();

  /** One of the two. */
  private final class Node implements Leases {
    private String own;
    private long term;

    Node(String own) {
      this.own = own;
    }

    @Override
    public String own() {
      return own;
    }

    @Override
    public long term() {
      return term;
    }

    @Override
    public List<String> live() {
      return live;
    }
  }

  @AfterEach
  void close() {
    link.close();
    timer.shutdownNow();
    redis.close();
  }

  private void write() {
    writer.write(
        writing,
        visitor ->
            channels.forEach(
                (name, count) -> visitor.entry(APP, name, count, () -> Integer.toString(count))));
  }

  private int count(String channel) {
    ChannelName name = new ChannelName(channel);
    return roster.subscribers(APP, List.of(name)).getOrDefault(name, 0);
  }

  @Test
  void aLargeNodeIsReadInPagesAndInOrder() {
    IntStream.range(0, 2_500).forEach(i -> channels.put("c%04d".formatted(i), i + 1));
    write();
    List<String> read = new ArrayList<>();
    List<ChannelName> page;
    do {
      page = roster.channels(APP, "c", read.isEmpty() ? "" : read.getLast(), 700);
      page.forEach(name -> read.add(name.value()));
    } while (page.size() == 700);
    assertThat(read).containsExactlyElementsOf(channels.keySet());
    assertThat(roster.channels(APP, "c24", "", 1_000)).hasSize(100);
    assertThat(count("c2499")).isEqualTo(2_500);
    assertThat(roster.channels(OTHER, "", "", 10)).isEmpty();
  }

  @Test
  void onlyWhatHasChangedIsWritten() {
    IntStream.range(0, 2_500).forEach(i -> channels.put("c" + i, 1));
    write();
    long before = scripts();
    write();
    assertThat(scripts()).isEqualTo(before);
    channels.put("c7", 2);
    channels.remove("c8");
    write();
    assertThat(scripts()).isEqualTo(before + 1);
    assertThat(count("c7")).isEqualTo(2);
    assertThat(count("c8")).isZero();
    assertThat(count("c9")).isOne();
    channels.clear();
    write();
    assertThat(roster.channels(APP, "", "", 10)).isEmpty();
  }

  @Test
  void aNodeWhoseLeaseHasEndedCountsNoMoreAndUnderAnotherItDoes() {
    channels.put("room", 3);
    write();
    assertThat(count("room")).isEqualTo(3);
    live.remove("aaaaaa-1");
    assertThat(count("room")).isZero();
    assertThat(roster.mayHave(APP, "aaaaaa-xyz")).isFalse();
    live.add("aaaaaa-3");
    writing.own = "aaaaaa-3";
    writing.term++;
    write();
    assertThat(count("room")).isEqualTo(3);
    assertThat(roster.mayHave(APP, "aaaaaa-xyz")).isTrue();
  }

  @Test
  void noNameIsPartOfAKey() {
    channels.put("{secret}:room", 1);
    write();
    List<String> keys = link.ask(commands -> commands.keys("*")).toCompletableFuture().join();
    assertThat(keys).hasSize(2).noneMatch(key -> key.contains("secret"));
  }

  private long scripts() {
    String stats = link.ask(commands -> commands.info("commandstats")).toCompletableFuture().join();
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=([0-9]+).*", "$1")))
        .sum();
  }
}
