package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OpenChannelsTest {
  private final ManualNanos clock = new ManualNanos();
  private final Set<ChannelId> there = new LinkedHashSet<>();
  private final List<Long> counts = new ArrayList<>();
  private final Refused refused = new Refused();
  private final OpenChannels open =
      new OpenChannels(
          new TenantId(new UUID(1, 1)),
          new Counted(),
          new Watch(refused, new CopyOnWriteArrayList<>(), clock),
          Openings.NONE,
          clock);

  @Test
  void whatIsThereAlreadyTakesItsPlace() {
    there.add(channel("stored"));
    assertThat(enter(channel("a"), 2)).isTrue();
    assertThat(enter(channel("stored"), 2)).isTrue();
    assertThat(enter(channel("b"), 2)).isFalse();
  }

  @Test
  void nobodyIsAskedWhileThereIsRoom() {
    for (int i = 0; i < 10; i++) {
      assertThat(enter(channel("c" + i), 10)).isTrue();
      assertThat(enter(channel("c" + i), 10)).isTrue();
      clock.advanceMillis(60_000);
    }
    assertThat(counts).containsExactly(10L);
  }

  @Test
  void fullIsCountedOnceASecond() {
    assertThat(enter(channel("a"), 1)).isTrue();
    clock.advanceMillis(999);
    assertThat(enter(channel("b"), 1)).isFalse();
    assertThat(counts).hasSize(1);
    clock.advanceMillis(1);
    assertThat(enter(channel("b"), 1)).isFalse();
    assertThat(enter(channel("b"), 1)).isFalse();
    assertThat(counts).hasSize(2);
  }

  @Test
  void placeOfWhatJustCameInIsKeptForFiveSeconds() {
    assertThat(enter(channel("a"), 1)).isTrue();
    clock.advanceMillis(5_000);
    assertThat(enter(channel("b"), 1)).isFalse();
    clock.advanceMillis(1_000);
    assertThat(enter(channel("b"), 1)).isTrue();
  }

  @Test
  void placeOfWhatEndedIsFreeAtTheNextCount() {
    there.add(channel("stored"));
    assertThat(enter(channel("stored"), 1)).isTrue();
    clock.advanceMillis(1_000);
    assertThat(enter(channel("a"), 1)).isFalse();
    there.clear();
    clock.advanceMillis(1_000);
    assertThat(enter(channel("a"), 1)).isTrue();
  }

  @Test
  void placeOfWhatIsThereIsKept() {
    there.add(channel("a"));
    assertThat(enter(channel("a"), 1)).isTrue();
    for (int i = 0; i < 10; i++) {
      clock.advanceMillis(10_000);
      assertThat(enter(channel("b"), 1)).isFalse();
    }
  }

  @Test
  void channelsAboveALoweredLimitAreFoundWithoutAskingAgain() {
    for (String name : List.of("a", "b", "c")) {
      there.add(channel(name));
      assertThat(enter(channel(name), 3)).isTrue();
    }
    clock.advanceMillis(10_000);
    assertThat(enter(channel("d"), 1)).isFalse();
    assertThat(counts).containsExactly(3L, 3L);
  }

  /** Whether the channel is let in; a refusal is the limit's own, and counted. */
  private boolean enter(ChannelId channel, long most) {
    long before = refused.of(Limit.CHANNELS.wireName());
    try {
      open.require(channel, most);
      assertThat(refused.of(Limit.CHANNELS.wireName())).isEqualTo(before);
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal()).isEqualTo(Refusal.CHANNEL_LIMIT_REACHED);
      assertThat(refused.of(Limit.CHANNELS.wireName())).isEqualTo(before + 1);
      return false;
    }
  }

  private static ChannelId channel(String name) {
    return new ChannelId(new AppId("1"), new ChannelName(name));
  }

  /** What is there, and how many were asked for each time. */
  private final class Counted implements Census {
    @Override
    public Set<ChannelId> channels(TenantId tenant, long most) {
      counts.add(most);
      Set<ChannelId> some = new LinkedHashSet<>();
      there.stream().limit(most).forEach(some::add);
      return some;
    }

    @Override
    public boolean isOpen(ChannelId channel) {
      return there.contains(channel);
    }

    @Override
    public long storedBytes(TenantId tenant) {
      return 0;
    }
  }
}
