package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes over one Redis let a tenant's channels in. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RedisOpeningsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final TenantId TENANT = new TenantId(new UUID(7, 8));
  private static final int NODES = 2;
  private static final long MOST = 10;

  /** A count may follow one within a second only when so much time is over. */
  private static final long A_COUNT_LATER = TimeUnit.SECONDS.toNanos(2);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  private final AtomicLong aheadNanos = new AtomicLong();

  /** Channels that both find when they count. */
  private final Set<ChannelId> there = ConcurrentHashMap.newKeySet();

  private final Node one = new Node("one");
  private final Node two = new Node("two");

  private final class Node implements Openings.Listener, Census {
    private final RedisLink link = PatientLink.open(redis.url(), timer);
    private final String name;
    private final RedisOpenings openings;
    private final OpenChannels open;
    private final List<ChannelId> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();
    private final AtomicInteger counts = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    Node(String name) {
      this.name = name;
      openings = new RedisOpenings(link, name, () -> NODES, timer);
      LongSupplier nanos = () -> System.nanoTime() + aheadNanos.get();
      Watch watch = new Watch(new Refused(), new CopyOnWriteArrayList<>(), nanos);
      open = new OpenChannels(TENANT, this, watch, openings, nanos);
      openings.listen(this);
    }

    @Override
    public void opened(TenantId tenant, ChannelId channel) {
      assertThat(tenant).isEqualTo(TENANT);
      open.opened(channel);
      heard.add(channel);
    }

    @Override
    public void missed() {
      open.missed();
      missed.incrementAndGet();
    }

    @Override
    public Set<ChannelId> channels(TenantId tenant, long most) {
      counts.incrementAndGet();
      return Set.copyOf(there);
    }

    @Override
    public boolean isOpen(ChannelId channel) {
      return there.contains(channel);
    }

    @Override
    public long storedBytes(TenantId tenant) {
      return 0;
    }

    boolean letsIn(String channel) {
      try {
        open.require(channel(channel), MOST);
        there.add(channel(channel));
        return true;
      } catch (RefusedException full) {
        return false;
      }
    }

    /** How many of ever new ones, until it refuses. */
    int letsInUntilItRefuses() {
      int many = 0;
      while (letsIn(name + " " + asked.getAndIncrement())) {
        many++;
      }
      return many;
    }

    void awaitHeard(String channel) {
      await().atMost(PATIENCE).until(() -> heard.contains(channel(channel)));
    }

    /** What the other has let in. */
    void awaitHeardAll() {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  there.stream()
                      .filter(at -> !at.name().value().startsWith(name))
                      .allMatch(heard::contains));
    }
  }

  private static ChannelId channel(String name) {
    return new ChannelId(new AppId("7"), new ChannelName(name));
  }

  /** Returns when each has heard the other: what is told from here on is heard. */
  @BeforeEach
  void begin() {
    for (Node node : List.of(one, two)) {
      Node other = node == one ? two : one;
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                other.openings.tell(TENANT, channel("begins"));
                return !node.heard.isEmpty();
              });
    }
    there.add(channel("begins"));
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    one.link.close();
    two.link.close();
    redis.close();
  }

  @Test
  void whatOneNodeLetsInTakesItsPlaceOnTheOther() {
    assertThat(one.letsIn("one")).isTrue();
    assertThat(two.letsIn("two")).isTrue();
    two.awaitHeard("one");
    one.awaitHeard("two");
    assertThat(one.letsIn("one again")).isTrue();
    two.awaitHeard("one again");
    await().atMost(PATIENCE).until(() -> two.letsInUntilItRefuses() == 0 && there.size() >= MOST);
    assertThat(there).hasSize((int) MOST);
    one.awaitHeardAll();
    aheadNanos.addAndGet(A_COUNT_LATER);
    assertThat(one.letsInUntilItRefuses()).isZero();
    assertThat(there).hasSize((int) MOST);
    assertThat(one.letsIn("two")).isTrue();
  }

  @Test
  void whileRedisIsAwayEachLetsInItsEvenPart() {
    assertThat(one.letsIn("one")).isTrue();
    two.awaitHeard("one");
    assertThat(two.letsIn("two")).isTrue();
    one.awaitHeard("two");
    redis.kill();
    await()
        .atMost(PATIENCE)
        .until(() -> one.openings.unheard() == 1 && two.openings.unheard() == 1);
    // With "begins" they are three: of the other seven places the odd one is whoever comes first's.
    assertThat(one.letsInUntilItRefuses()).isBetween(3, 4);
    assertThat(two.letsInUntilItRefuses()).isBetween(3, 4);
    redis.restart();
    await()
        .atMost(PATIENCE)
        .until(() -> one.openings.unheard() == 0 && two.openings.unheard() == 0);
    two.awaitHeardAll();
    one.awaitHeardAll();
    await()
        .atMost(PATIENCE)
        .until(() -> one.letsInUntilItRefuses() + two.letsInUntilItRefuses() == 0);
    assertThat(there).hasSizeBetween((int) MOST, (int) MOST + 1);
  }

  @Test
  void whatWasToldWhileANodeDidNotListenIsCounted() {
    assertThat(two.letsIn("two")).isTrue();
    assertThat(two.counts).hasValue(1);
    for (int i = 0; i < 8; i++) {
      there.add(channel("unheard" + i));
    }
    int missed = two.missed.get();
    redis.kill();
    redis.restart();
    await().atMost(PATIENCE).until(() -> two.missed.get() > missed && two.openings.unheard() == 0);
    aheadNanos.addAndGet(A_COUNT_LATER);
    assertThat(two.letsInUntilItRefuses()).isZero();
    assertThat(two.counts).hasValue(2);
  }
}
