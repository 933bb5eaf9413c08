package io.tidegate.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Position;
import io.tidegate.channel.TenantId;
import io.tidegate.channel.Trail;
import io.tidegate.hub.Batch;
import io.tidegate.hub.Hub;
import io.tidegate.hub.ManualLoop;
import io.tidegate.hub.Start;
import io.tidegate.hub.Subscriber;
import io.tidegate.hub.Subscription;
import io.tidegate.log.MemoryMessageLog;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.store.Replay;
import io.tidegate.store.Stores;
import io.tidegate.tenant.MemoryDirectory;
import io.tidegate.usage.Meters;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When trails are read, and what is asked when they do not say all. */
class TailRepairTest {
  private static final AppId APP = new AppId("482913");
  private static final Position ELSEWHERE = new Position(new Epoch("e"), 7);

  private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), 1 << 20);
  private final ManualLoop loop = new ManualLoop();
  private final Hub hub = hub();
  private final Trails trails = new Trails();
  private final StoreTail tail =
      new StoreTail("t", trails, hub, channel -> !channel.name().value().startsWith("other"));
  private boolean healthy = true;
  private long millis = 1_000_000;
  private final TailRepair repair =
      new TailRepair(List.of(tail), Runnable::run, () -> healthy, () -> millis);

  private Hub hub() {
    MemoryDirectory directory = new MemoryDirectory();
    directory.putApp(APP, new TenantId(new UUID(0x0190_0000_0000_7000L, 7)));
    Stores stores = new Stores(directory, broker, new MemoryMessageLog(() -> 0));
    Replay replay = new Replay(stores, Runnable::run, InstantSource.system());
    return new Hub(broker, replay, new Meters(), loop);
  }

  /** Answers as it was told to, else completely with nothing. */
  private static final class Trails implements Trail {
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private int read;
    private boolean away;
    private boolean awayOnce;

    /** What is on a server that does not answer. */
    private String unreadPrefix = "nothing";

    @Override
    public Step next() {
      read++;
      requireThere();
      return steps.isEmpty() ? new Step(Map.of(), true) : steps.remove();
    }

    @Override
    public Positions positions(List<ChannelId> channels) {
      requireThere();
      if (awayOnce) {
        awayOnce = false;
        throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
      }
      asked.add(channels.size());
      Set<ChannelId> unread =
          channels.stream()
              .filter(one -> one.name().value().startsWith(unreadPrefix))
              .collect(Collectors.toSet());
      return new Positions(Map.of(channels.getFirst(), ELSEWHERE), unread);
    }

    private void requireThere() {
      if (away) {
        throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
      }
    }
  }

  @Test
  void readsAtOnceThenEachTwoSecondsAndFourTimesAsOftenWhileHintsDoNotArrive() {
    repair.beat();
    assertThat(trails.read).isEqualTo(1);
    passAndBeat(1_999);
    assertThat(trails.read).isEqualTo(1);
    passAndBeat(1);
    assertThat(trails.read).isEqualTo(2);
    healthy = false;
    passAndBeat(499);
    assertThat(trails.read).isEqualTo(2);
    passAndBeat(1);
    assertThat(trails.read).isEqualTo(3);
  }

  @Test
  void readsAtOnceWhenHintsMayHaveBeenMissed() {
    repair.beat();
    repair.hurry();
    repair.beat();
    assertThat(trails.read).isEqualTo(2);
    repair.beat();
    assertThat(trails.read).isEqualTo(2);
  }

  @Test
  void countsChannelsThatAreBehindAndLeavesOthersAlone() {
    subscribe("a", 1);
    Position here = broker.head(channel("a0"), RETENTION).orElseThrow().position();
    trails.steps.add(new Trail.Step(Map.of(channel("a0"), here, channel("b0"), ELSEWHERE), true));
    repair.beat();
    assertThat(tail.repairs()).isZero();
    Position further = new Position(here.epoch(), here.seq() + 1);
    trails.steps.add(new Trail.Step(Map.of(channel("a0"), further), true));
    passAndBeat(2_000);
    assertThat(tail.repairs()).isEqualTo(1);
    assertThat(trails.asked).isEmpty();
  }

  @Test
  void anIncompleteTrailHasTheStoresOwnChannelsAskedForInBoundedPortions() {
    subscribe("other", 5);
    subscribe("mine", 20_500);
    trails.steps.add(new Trail.Step(Map.of(), false));
    repair.beat();
    assertThat(tail.gaps()).isEqualTo(1);
    assertThat(trails.asked).hasSize(20).allMatch(count -> count <= Trail.MAX_POSITIONS);
    passAndBeat(2_000);
    assertThat(trails.asked.stream().mapToInt(count -> count).sum()).isEqualTo(20_500);
    assertThat(tail.repairs()).as("all are somewhere else").isEqualTo(20_500);
    passAndBeat(2_000);
    assertThat(trails.asked).hasSize(21);
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() {
    subscribe("a", 1);
    trails.away = true;
    repair.beat();
    assertThat(tail.failures()).isEqualTo(1);
    trails.away = false;
    trails.steps.add(new Trail.Step(Map.of(), false));
    passAndBeat(2_000);
    assertThat(trails.asked).containsExactly(1);
  }

  @Test
  void whatOneServerDoesNotAnswerKeepsNobodyElseWaiting() {
    subscribe("dead", 1_500);
    subscribe("a", 1_500);
    trails.unreadPrefix = "dead";
    trails.steps.add(new Trail.Step(Map.of(), false));
    repair.beat();
    assertThat(tail.repairs()).as("of those that were answered for").isEqualTo(1_500);
    assertThat(tail.failures()).isEqualTo(1);
    passAndBeat(2_000);
    trails.unreadPrefix = "nothing";
    passAndBeat(2_000);
    assertThat(tail.repairs()).isEqualTo(3_000);
    int asked = trails.asked.size();
    passAndBeat(2_000);
    assertThat(trails.asked).hasSize(asked);
  }

  @Test
  void aPortionThatIsNotAnsweredGoesBehindTheOthers() {
    subscribe("a", 1_500);
    trails.steps.add(new Trail.Step(Map.of(), false));
    trails.awayOnce = true;
    repair.beat();
    assertThat(tail.failures()).isEqualTo(1);
    passAndBeat(2_000);
    assertThat(trails.asked).containsExactly(1_000, 500);
    assertThat(tail.repairs()).isEqualTo(1_500);
  }

  @Test
  void aStoreThatHangsKeepsNoOtherFromBeingRead() {
    List<Runnable> hanging = new ArrayList<>();
    Trails others = new Trails();
    List<StoreTail> both = List.of(tail, new StoreTail("u", others, hub, channel -> true));
    TailRepair two = new TailRepair(both, hanging::add, () -> true, () -> millis);
    two.beat();
    assertThat(hanging).hasSize(2);
    hanging.get(1).run();
    for (int i = 2; i < 5; i++) {
      millis += 2_000;
      two.beat();
      assertThat(hanging).as("the first one is still being read").hasSize(i + 1);
      hanging.get(i).run();
      assertThat(others.read).isEqualTo(i);
    }
    assertThat(trails.read).isZero();
    hanging.getFirst().run();
    millis += 2_000;
    two.beat();
    assertThat(hanging).hasSize(7);
  }

  private static final io.tidegate.channel.Retention RETENTION =
      new io.tidegate.channel.Retention(1_000, 120);

  private void passAndBeat(long time) {
    millis += time;
    repair.beat();
  }

  private static ChannelId channel(String name) {
    return new ChannelId(APP, new ChannelName(name));
  }

  private void subscribe(String prefix, int count) {
    var fanout = hub.loop(ImmediateEventExecutor.INSTANCE);
    for (int i = 0; i < count; i++) {
      hub.subscribe(channel(prefix + i), fanout, new Nobody(), new Start.Live(), false);
    }
  }

  /** Takes everything. */
  private static final class Nobody implements Subscriber {
    @Override
    public void onSubscribed(Subscription one, Position at, Head.Resume.@Nullable Lost lost) {}

    @Override
    public void onFailed(Subscription one, RefusedException refused) {}

    @Override
    public boolean onBatch(Subscription one, Batch batch) {
      return true;
    }

    @Override
    public void onFault(Throwable fault) {}

    @Override
    public void onJump(
        Subscription one, Position from, Position to, String reason, @Nullable Long missed) {}

    @Override
    public void onReady(Subscription one) {}

    @Override
    public boolean needsFlush() {
      return false;
    }

    @Override
    public void flush() {}
  }
}
