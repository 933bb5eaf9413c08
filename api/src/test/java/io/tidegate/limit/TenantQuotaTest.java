package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TenantQuotaTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final int AN_HOUR = 3_600_000;

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Quotas quotas =
      new Quotas(directory, new MemoryAllowances(clock), new MemoryCensus(), clock);
  private final TenantQuota quota = quotas.of(TENANT);
  private final List<String> warnings = new ArrayList<>();

  TenantQuotaTest() {
    quotas.listen(
        (tenant, limit, used, most) -> {
          assertThat(tenant).isEqualTo(TENANT);
          warnings.add(limit.wireName() + " " + used + "/" + most);
        });
  }

  @Test
  void nothingIsLimitedUntilSomethingIs() {
    quota.requirePublish(1_000_000);
    quota.requireConnect();
    quota.requireRoom();
    quota.enter();
    quota.requireChannel(channel("a"));
    assertThat(quota.deliver(1_000_000)).isTrue();
    assertThat(quota.deliverUpTo(1_000_000)).isEqualTo(1_000_000);
    quota.undelivered(7);
    assertThat(quota.publishing()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void publishesAreWarnedOfAndRefusedAsAWhole() {
    limit(Limit.PUBLISHES_PER_SECOND, 10);
    quota.requirePublish(7);
    assertThat(warnings).isEmpty();
    quota.requirePublish(1);
    assertThat(warnings).containsExactly("publishesPerSecond 8/10");

    RefusedException refused = refused(() -> quota.requirePublish(3));

    assertThat(refused.refusal()).isEqualTo(Refusal.PUBLISH_RATE_EXCEEDED);
    assertThat(refused.retryAfterMillis()).isEqualTo(100);
    assertThat(refused.detail()).contains("10 messages per second");
    quota.requirePublish(2);
  }

  @Test
  void refusedRateCountsAsUsedUp() {
    limit(Limit.PUBLISHES_PER_SECOND, 10);
    quota.requirePublish(5);
    refused(() -> quota.requirePublish(6));
    assertThat(warnings).containsExactly("publishesPerSecond 10/10");
  }

  @Test
  void unitLargerThanTheBurstNeverPasses() {
    directory.putLimits(
        TENANT, new Limits(Map.of(Limit.PUBLISHES_PER_SECOND, 10L, Limit.PUBLISH_BURST, 20L)));
    RefusedException refused = refused(() -> quota.requirePublish(21));
    assertThat(refused.refusal()).isEqualTo(Refusal.BATCH_TOO_LARGE);
    assertThat(refused.detail()).contains("20 messages at once");
    quota.requirePublish(20);
  }

  @Test
  void standingOfPublishesTellsWhatIsLeft() {
    directory.putLimits(
        TENANT, new Limits(Map.of(Limit.PUBLISHES_PER_SECOND, 10L, Limit.PUBLISH_BURST, 25L)));
    assertThat(quota.publishing()).contains(new Standing("publishes", 25, 3, 25, 0));
    quota.requirePublish(21);
    assertThat(quota.publishing()).contains(new Standing("publishes", 25, 3, 4, 3));
  }

  @Test
  void connectionsOpenAtTheirRate() {
    limit(Limit.CONNECTIONS_PER_SECOND, 5);
    for (int i = 0; i < 5; i++) {
      quota.requireConnect();
    }

    RefusedException refused = refused(quota::requireConnect);

    assertThat(refused.refusal()).isEqualTo(Refusal.CONNECT_RATE_EXCEEDED);
    assertThat(refused.retryAfterMillis()).isEqualTo(200);
    assertThat(warnings).containsExactly("connectionsPerSecond 4/5");
    assertThat(quotas.refused().of("connectionsPerSecond")).isEqualTo(1);
  }

  @Test
  void connectionThatLeavesMakesRoom() {
    limit(Limit.CONNECTIONS, 2);
    quota.enter();
    quota.requireRoom();
    quota.enter();

    assertThat(refused(quota::requireRoom).refusal()).isEqualTo(Refusal.CONNECTION_LIMIT_REACHED);
    assertThat(refused(quota::enter).detail()).contains("2 open connections");
    assertThat(quota.connections()).isEqualTo(2);
    assertThat(quotas.refused().of("connections")).isEqualTo(2);
    quota.leave();
    quota.requireRoom();
    quota.enter();
  }

  @Test
  void tenantIsWarnedWhenThereIsNoRoom() {
    quota.enter();
    quota.enter();
    limit(Limit.CONNECTIONS, 1);
    assertThat(warnings).isEmpty();
    refused(quota::requireRoom);
    assertThat(warnings).containsExactly("connections 1/1");
  }

  @Test
  void channelsAreWarnedOfAndCounted() {
    limit(Limit.CHANNELS, 5);
    for (int i = 0; i < 3; i++) {
      quota.requireChannel(channel("c" + i));
    }
    assertThat(warnings).isEmpty();
    quota.requireChannel(channel("c3"));
    assertThat(warnings).containsExactly("channels 4/5");
    quota.requireChannel(channel("c4"));
    clock.advanceMillis(999);
    assertThat(refused(() -> quota.requireChannel(channel("c5"))).refusal())
        .isEqualTo(Refusal.CHANNEL_LIMIT_REACHED);
    assertThat(quotas.refused().of("channels")).isEqualTo(1);
  }

  @Test
  void deliveriesPassAsAWholeOrAsManyAsThereAre() {
    limit(Limit.DELIVERIES_PER_SECOND, 10);
    assertThat(quota.deliver(6)).isTrue();
    assertThat(quota.deliver(6)).isFalse();
    assertThat(warnings).containsExactly("deliveriesPerSecond 10/10");
    assertThat(quota.deliverUpTo(10)).isEqualTo(4);
    quota.undelivered(3);
    assertThat(quota.deliverUpTo(10)).isEqualTo(3);
    assertThat(quota.starved().refusal()).isEqualTo(Refusal.DELIVERY_RATE_EXCEEDED);
    assertThat(quota.starved().detail()).contains("10 deliveries per second");
  }

  @Test
  void sameLimitIsWarnedOfOnceAnHourHoweverOldTheNode() {
    limit(Limit.CONNECTIONS, 1);
    quota.enter();
    clock.advanceMillis(AN_HOUR - 1);
    refused(quota::requireRoom);
    assertThat(warnings).hasSize(1);
    clock.advanceMillis(1);
    refused(quota::requireRoom);
    assertThat(warnings).hasSize(2);
    clock.advanceMillis(AN_HOUR / 2);
    refused(quota::requireRoom);
    assertThat(warnings).hasSize(2);
  }

  private void limit(Limit limit, long value) {
    directory.putLimits(TENANT, new Limits(Map.of(limit, value)));
  }

  private static ChannelId channel(String name) {
    return new ChannelId(new AppId("1"), new ChannelName(name));
  }

  private static RefusedException refused(ThrowingCallable asked) {
    return catchThrowableOfType(RefusedException.class, asked);
  }
}
