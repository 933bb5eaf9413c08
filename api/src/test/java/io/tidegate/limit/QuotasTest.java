package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.DirectoryListener;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(1, 2));
  private static final Limits NONE = new Limits(Map.of());

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryCensus census = new MemoryCensus();
  private final Quotas quotas = new Quotas(directory, new MemoryAllowances(clock), census, clock);
  private final List<String> warnings = new ArrayList<>();

  QuotasTest() {
    quotas.listen((tenant, limit, used, most) -> warnings.add(limit + " " + used + "/" + most));
  }

  @Test
  void onlyTheTenantAboveItsLimitIsRefused() {
    limit(Map.of(Limit.PUBLISHES_PER_SECOND, 1L));
    quotas.of(TENANT).requirePublish(1);
    assertThat(refusal(() -> quotas.of(TENANT).requirePublish(1)))
        .isEqualTo(Refusal.PUBLISH_RATE_EXCEEDED);
    for (int i = 0; i < 1_000; i++) {
      quotas.of(OTHER).requirePublish(100);
    }
    assertThat(quotas.refused().of("publishesPerSecond")).isEqualTo(1);
  }

  @Test
  void refusalOfTheTenantGivesTheClientItsOwnBack() {
    limit(Map.of(Limit.PUBLISHES_PER_SECOND, 1L, Limit.PUBLISH_BURST, 2L));
    Limits own = new Limits(Map.of(Limit.PUBLISHES_PER_SECOND, 3L));
    ClientQuota client = quotas.of(TENANT, own, "ada");
    quotas.of(TENANT).requirePublish(2);
    refusal(() -> client.requirePublish(2));
    directory.putLimits(TENANT, NONE);
    client.requirePublish(3);
    assertThat(refusal(() -> client.requirePublish(1))).isEqualTo(Refusal.PUBLISH_RATE_EXCEEDED);
    assertThat(refusal(() -> client.requirePublish(4))).isEqualTo(Refusal.BATCH_TOO_LARGE);
  }

  @Test
  void warningComesAt80PercentAndOnceAnHour() {
    limit(Map.of(Limit.CONNECTIONS, 10L));
    TenantQuota quota = quotas.of(TENANT);
    for (int i = 0; i < 7; i++) {
      quota.enter();
    }
    assertThat(warnings).isEmpty();
    quota.enter();
    quota.enter();
    assertThat(warnings).containsExactly("CONNECTIONS 8/10");
    quota.leave();
    clock.advanceMillis(3_600_000);
    quota.enter();
    assertThat(warnings).containsExactly("CONNECTIONS 8/10", "CONNECTIONS 9/10");
  }

  @Test
  void listenerThatFailsDecidesNothing() {
    quotas.listen(
        (tenant, limit, used, most) -> {
          throw new IllegalStateException("deaf");
        });
    limit(Map.of(Limit.CONNECTIONS, 1L));
    quotas.of(TENANT).enter();
    assertThat(quotas.of(TENANT).connections()).isEqualTo(1);
  }

  @Test
  void limitsThatNobodyKnowsRefuse() {
    directory.storeAway(true);
    assertThatThrownBy(() -> quotas.of(TENANT).requirePublish(1))
        .isInstanceOfSatisfying(
            RefusedException.class,
            no -> assertThat(no.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
  }

  @Test
  void idleTenantIsForgottenOneWithAConnectionIsNot() {
    quotas.of(TENANT);
    quotas.of(OTHER).enter();
    clock.advanceMillis(3_600_001);
    quotas.forgetIdle();
    assertThat(quotas.find(TENANT)).isNull();
    assertThat(quotas.find(OTHER)).isNotNull();
  }

  @Test
  void tenantIsForgottenOnlyAfterAnHourWithoutAnyUse() {
    quotas.of(TENANT);
    clock.advanceMillis(3_600_000);
    quotas.forgetIdle();
    assertThat(quotas.find(TENANT)).isNotNull();
    quotas.of(TENANT);
    clock.advanceMillis(3_600_000);
    quotas.forgetIdle();
    assertThat(quotas.find(TENANT)).isNotNull();
    clock.advance(1);
    quotas.forgetIdle();
    assertThat(quotas.find(TENANT)).isNull();
  }

  @Test
  void whoAsksBeforeAChangeIsToldOfHasTheNewLimits() {
    MemoryDirectory told = new MemoryDirectory();
    List<Limits> asked = new ArrayList<>();
    Quotas[] late = new Quotas[1];
    told.listen(
        new DirectoryListener() {
          @Override
          public void changed(AppId app) {}

          @Override
          public void limitsChanged(TenantId tenant) {
            asked.add(late[0].of(tenant).limits());
          }
        });
    late[0] = new Quotas(told, new MemoryAllowances(clock), census, clock);
    late[0].of(TENANT);
    Limits changed = new Limits(Map.of(Limit.CONNECTIONS, 1L));
    told.putLimits(TENANT, changed);
    assertThat(asked).containsExactly(changed);
  }

  @Test
  void countThatFailsRefuses() {
    limit(Map.of(Limit.CHANNELS, 1L));
    Census away =
        new Census() {
          @Override
          public java.util.Set<ChannelId> channels(TenantId tenant, long most) {
            throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
          }

          @Override
          public long storedBytes(TenantId tenant) {
            throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
          }

          @Override
          public boolean isOpen(ChannelId channel) {
            throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
          }
        };
    Quotas blind = new Quotas(directory, new MemoryAllowances(clock), away, clock);
    assertThat(refusal(() -> blind.of(TENANT).requireChannel(channel("a"))))
        .isEqualTo(Refusal.STORE_UNAVAILABLE);
  }

  @Test
  void channelsAreCountedAnewWhenTheyAreFull() {
    limit(Map.of(Limit.CHANNELS, 2L));
    TenantQuota quota = quotas.of(TENANT);
    census.open.add(channel("stored"));
    quota.requireChannel(channel("a"));
    quota.requireChannel(channel("stored"));
    assertThat(refusal(() -> quota.requireChannel(channel("b"))))
        .isEqualTo(Refusal.CHANNEL_LIMIT_REACHED);
    // "a" was let in, but never came to be.
    clock.advanceMillis(6_000);
    quota.requireChannel(channel("b"));
    assertThat(refusal(() -> quota.requireChannel(channel("c"))))
        .isEqualTo(Refusal.CHANNEL_LIMIT_REACHED);
  }

  @Test
  void channelThatIsThereIsServedAboveTheLimit() {
    for (String name : new String[] {"a", "b", "c"}) {
      census.open.add(channel(name));
    }
    limit(Map.of(Limit.CHANNELS, 1L));
    for (String name : new String[] {"c", "b", "a"}) {
      quotas.of(TENANT).requireChannel(channel(name));
    }
    assertThat(refusal(() -> quotas.of(TENANT).requireChannel(channel("d"))))
        .isEqualTo(Refusal.CHANNEL_LIMIT_REACHED);
  }

  private void limit(Map<Limit, Long> limits) {
    directory.putLimits(TENANT, new Limits(limits));
  }

  private static ChannelId channel(String name) {
    return new ChannelId(new AppId("1"), new ChannelName(name));
  }

  private static Refusal refusal(ThrowingCallable asked) {
    return catchThrowableOfType(RefusedException.class, asked).refusal();
  }
}
