package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final TenantId OTHER = new TenantId(new UUID(1, 2));
  private static final KeyName KEY = Objects.requireNonNull(KeyName.parse("482913.k1"));
  private static final KeyName OTHER_KEY = Objects.requireNonNull(KeyName.parse("482913.k2"));
  private static final String ADDRESS = "192.0.2.1";

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Allowances allowances = new MemoryAllowances(clock);
  private final Quotas quotas = new Quotas(directory, allowances, new MemoryCensus(), clock);
  private final List<String> warnings = new ArrayList<>();

  RequestsTest() {
    quotas.listen(
        (tenant, limit, used, most) ->
            warnings.add(tenant.equals(TENANT) + " " + limit.wireName() + " " + used + "/" + most));
  }

  @Test
  void addressHasTheInstallationsRateWhoeverItIs() {
    Requests requests = requests(3, 0);
    for (int i = 0; i < 3; i++) {
      requests.requireAddress(ADDRESS);
    }

    RefusedException refused = refused(() -> requests.requireAddress(ADDRESS));

    assertThat(refused.refusal()).isEqualTo(Refusal.REQUEST_RATE_EXCEEDED);
    assertThat(refused.detail())
        .isEqualTo("an address may make 3 requests per second (requestsPerSecondPerIp)");
    assertThat(refused.retryAfterMillis()).isEqualTo(334);
    assertThat(quotas.refused().of("requestsPerSecondPerIp")).isEqualTo(1);
    requests.requireAddress("192.0.2.2");
    clock.advanceMillis(334);
    requests.requireAddress(ADDRESS);
  }

  @Test
  void networkOfIpv6SharesOneRate() {
    Requests requests = requests(1, 0);
    requests.requireAddress("2001:db8:0:1:0:0:0:1");

    refused(() -> requests.requireAddress("2001:db8:0:1:0:0:0:2"));
    requests.requireAddress("2001:db8:0:2:0:0:0:1");
  }

  @Test
  void zeroIsAnyNumber() {
    Requests requests = requests(0, 0);
    for (int i = 0; i < 1_000; i++) {
      requests.requireAddress(ADDRESS);
      requests.require(quotas.of(TENANT), KEY, ADDRESS);
    }
    assertThat(requests.standing(quotas.of(TENANT), KEY)).isEmpty();
  }

  @Test
  void keyHasTheInstallationsRateAndItsTenantIsNotWarnedOfIt() {
    Requests requests = requests(0, 2);
    requests.require(quotas.of(TENANT), KEY, ADDRESS);
    requests.require(quotas.of(TENANT), KEY, "192.0.2.2");

    RefusedException refused = refused(() -> requests.require(quotas.of(TENANT), KEY, "192.0.2.3"));

    assertThat(refused.detail())
        .isEqualTo("a key may make 2 requests per second (requestsPerSecondPerKey)");
    assertThat(quotas.refused().of("requestsPerSecondPerKey")).isEqualTo(1);
    assertThat(warnings).isEmpty();
    requests.require(quotas.of(TENANT), OTHER_KEY, ADDRESS);
    assertThat(requests.standing(quotas.of(TENANT), KEY)).isEmpty();
  }

  @Test
  void keyHasTheSmallerOfTheTwoRates() {
    limit(Limit.REQUESTS_PER_SECOND_PER_KEY, 3);
    assertThat(passing(requests(0, 0))).isEqualTo(3);
    assertThat(passing(requests(0, 2))).isEqualTo(2);
    assertThat(passing(requests(0, 9))).isEqualTo(3);
  }

  @Test
  void tenantIsWarnedWhenTheRateIsItsOwn() {
    limit(Limit.REQUESTS_PER_SECOND_PER_KEY, 5);
    Requests requests = requests(0, 5);
    for (int i = 0; i < 3; i++) {
      requests.require(quotas.of(TENANT), KEY, ADDRESS);
    }
    assertThat(warnings).isEmpty();
    requests.require(quotas.of(TENANT), KEY, ADDRESS);
    assertThat(warnings).containsExactly("true requestsPerSecondPerKey 4/5");
  }

  @Test
  void addressHasARateWithEachTenantThatLimitsIt() {
    limit(Limit.REQUESTS_PER_SECOND_PER_IP, 1);
    Requests requests = requests(0, 0);
    requests.require(quotas.of(TENANT), KEY, ADDRESS);

    assertThat(refused(() -> requests.require(quotas.of(TENANT), KEY, ADDRESS)).detail())
        .isEqualTo("an address may make 1 requests per second (requestsPerSecondPerIp)");
    assertThat(warnings).containsExactly("true requestsPerSecondPerIp 1/1");
    requests.require(quotas.of(TENANT), KEY, "192.0.2.2");
    directory.putLimits(OTHER, new Limits(Map.of(Limit.REQUESTS_PER_SECOND_PER_IP, 1L)));
    requests.require(quotas.of(OTHER), OTHER_KEY, ADDRESS);
  }

  @Test
  void standingTellsWhatTheKeyHasLeft() {
    limit(Limit.REQUESTS_PER_SECOND_PER_KEY, 4);
    Requests requests = requests(0, 0);
    assertThat(requests.standing(quotas.of(TENANT), KEY))
        .containsExactly(new Standing("requests", 4, 1, 4, 0));
    requests.require(quotas.of(TENANT), KEY, ADDRESS);
    assertThat(requests.standing(quotas.of(TENANT), KEY))
        .containsExactly(new Standing("requests", 4, 1, 3, 1));
  }

  /** How many requests of a key pass at once. */
  private int passing(Requests requests) {
    for (int passed = 0; passed < 100; passed++) {
      try {
        requests.require(quotas.of(TENANT), KEY, ADDRESS);
      } catch (RefusedException refused) {
        return passed;
      }
    }
    return 100;
  }

  private Requests requests(long perAddress, long perKey) {
    return new Requests(perAddress, perKey, allowances, allowances, quotas.refused());
  }

  private void limit(Limit limit, long value) {
    directory.putLimits(TENANT, new Limits(Map.of(limit, value)));
  }

  private static RefusedException refused(ThrowingCallable asked) {
    return catchThrowableOfType(RefusedException.class, asked);
  }
}
