package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClientQuotaTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final Limits NONE = new Limits(Map.of());

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Quotas quotas =
      new Quotas(directory, new MemoryAllowances(clock), new MemoryCensus(), clock);

  @Test
  void smallerOfTheTenantsAndTheTokensLimitHolds() {
    directory.putLimits(TENANT, NONE);
    Limits five = new Limits(Map.of(Limit.SUBSCRIPTIONS_PER_CONNECTION, 5L));
    assertThat(client(NONE).least(Limit.SUBSCRIPTIONS_PER_CONNECTION)).isNull();
    assertThat(client(five).least(Limit.SUBSCRIPTIONS_PER_CONNECTION)).isEqualTo(5);
    limit(Limit.SUBSCRIPTIONS_PER_CONNECTION, 7);
    assertThat(client(NONE).least(Limit.SUBSCRIPTIONS_PER_CONNECTION)).isEqualTo(7);
    assertThat(client(five).least(Limit.SUBSCRIPTIONS_PER_CONNECTION)).isEqualTo(5);
    limit(Limit.SUBSCRIPTIONS_PER_CONNECTION, 3);
    assertThat(client(five).least(Limit.SUBSCRIPTIONS_PER_CONNECTION)).isEqualTo(3);
  }

  @Test
  void limitOfTheGatewayItselfHoldsToo() {
    directory.putLimits(TENANT, NONE);
    assertThat(client(NONE).least(Limit.MAX_MESSAGE_BYTES, 100)).isEqualTo(100);
    limit(Limit.MAX_MESSAGE_BYTES, 60);
    assertThat(client(NONE).least(Limit.MAX_MESSAGE_BYTES, 100)).isEqualTo(60);
    assertThat(client(NONE).least(Limit.MAX_MESSAGE_BYTES, 50)).isEqualTo(50);
  }

  @Test
  void arrayMayBeAsLongAsTheLimitAndNoLonger() {
    limit(Limit.MAX_BATCH_MESSAGES, 3);
    client(NONE).requirePublish(3);
    RefusedException refused = refused(() -> client(NONE).requirePublish(4));
    assertThat(refused.refusal()).isEqualTo(Refusal.BATCH_TOO_LARGE);
    assertThat(refused.detail()).contains("3 messages");
    assertThat(quotas.refused().of("maxBatchMessages")).isEqualTo(1);
  }

  @Test
  void clientWithoutARateOfItsOwnHasItsTenants() {
    limit(Limit.PUBLISHES_PER_SECOND, 2);
    client(NONE).requirePublish(2);
    assertThat(refused(() -> client(NONE).requirePublish(1)).refusal())
        .isEqualTo(Refusal.PUBLISH_RATE_EXCEEDED);
  }

  @Test
  void rateOfATokenIsTheClientsWhicheverConnectionItUses() {
    directory.putLimits(TENANT, NONE);
    Limits own = new Limits(Map.of(Limit.PUBLISHES_PER_SECOND, 2L));
    client(own).requirePublish(1);
    client(own).requirePublish(1);

    RefusedException refused = refused(() -> client(own).requirePublish(1));

    assertThat(refused.refusal()).isEqualTo(Refusal.PUBLISH_RATE_EXCEEDED);
    assertThat(refused.detail()).contains("the token may publish 2 messages per second");
    assertThat(refused.retryAfterMillis()).isEqualTo(500);
    quotas.of(TENANT, own, "grace").requirePublish(2);
    clock.advanceMillis(500);
    client(own).requirePublish(1);
  }

  private ClientQuota client(Limits own) {
    return quotas.of(TENANT, own, "ada");
  }

  private void limit(Limit limit, long value) {
    directory.putLimits(TENANT, new Limits(Map.of(limit, value)));
  }

  private static RefusedException refused(ThrowingCallable asked) {
    return catchThrowableOfType(RefusedException.class, asked);
  }
}
