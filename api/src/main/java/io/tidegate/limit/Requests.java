package io.tidegate.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.Grant;
import io.tidegate.allowance.Rate;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.tenant.Limit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many REST requests an address and a key may make: the installation's own limits, which hold
 * for everyone and guard each node for itself, and the tenant's, which it knows only once the
 * credential is good and which hold for all nodes together.
 */
public final class Requests {
  /** Addresses and keys at a time; one that is forgotten has a full burst again. */
  private static final int MAX_BUCKETS = 200_000;

  private final @Nullable Rate perAddress;
  private final @Nullable Rate perKey;
  private final Allowances allowances;
  private final Allowances here;
  private final Refused refused;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MAX_BUCKETS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  /**
   * @param perAddress requests per second that any address may make, 0 for any number
   * @param perKey the same for keys
   * @param allowances for limits of tenants
   * @param here those of this node alone
   */
  public Requests(
      long perAddress, long perKey, Allowances allowances, Allowances here, Refused refused) {
    this.perAddress = perAddress == 0 ? null : Rate.perSecond(perAddress);
    this.perKey = perKey == 0 ? null : Rate.perSecond(perKey);
    this.allowances = allowances;
    this.here = here;
    this.refused = refused;
  }

  /**
   * Before anyone is asked who they are.
   *
   * @throws RefusedException REQUEST_RATE_EXCEEDED
   */
  public void requireAddress(String address) {
    if (perAddress != null) {
      String counted = Addresses.counted(address);
      require(null, Limit.REQUESTS_PER_SECOND_PER_IP, "an address", perAddress, "ip:" + counted);
    }
  }

  /**
   * With a good credential. May wait for other nodes.
   *
   * @throws RefusedException REQUEST_RATE_EXCEEDED
   */
  public void require(TenantQuota tenant, KeyName key, String address) {
    Rate rate = keyRate(tenant);
    if (rate != null) {
      TenantQuota warned = rate == perKey ? null : tenant;
      require(warned, Limit.REQUESTS_PER_SECOND_PER_KEY, "a key", rate, name(key));
    }
    Rate ofAddress = Rate.of(tenant.limits().get(Limit.REQUESTS_PER_SECOND_PER_IP), null);
    if (ofAddress != null) {
      String name = "ip:" + tenant.tenant() + ":" + Addresses.counted(address);
      require(tenant, Limit.REQUESTS_PER_SECOND_PER_IP, "an address", ofAddress, name);
    }
  }

  /** How the key's rate stands, where its tenant has a limit; empty where it has none. */
  public List<Standing> standing(TenantQuota tenant, KeyName key) {
    Rate rate = keyRate(tenant);
    return rate == null || tenant.limits().get(Limit.REQUESTS_PER_SECOND_PER_KEY) == null
        ? List.of()
        : List.of(Standing.of("requests", rate, bucket(name(key), rate == perKey)));
  }

  private @Nullable Rate keyRate(TenantQuota tenant) {
    Rate given = Rate.of(tenant.limits().get(Limit.REQUESTS_PER_SECOND_PER_KEY), null);
    return given == null || (perKey != null && perKey.perSecond() < given.perSecond())
        ? perKey
        : given;
  }

  private static String name(KeyName key) {
    return "key:" + key;
  }

  private Bucket bucket(String name, boolean ofInstallation) {
    return ofInstallation
        ? buckets.get("node:" + name, here::bucket)
        : buckets.get(name, allowances::bucket);
  }

  /**
   * @param tenant whose limit it is; null for the installation's own
   */
  private void require(
      @Nullable TenantQuota tenant, Limit limit, String who, Rate rate, String name) {
    Grant grant = bucket(name, tenant == null).ask(1, rate);
    if (tenant != null) {
      tenant.note(limit, rate, grant);
    }
    if (!grant.granted()) {
      refused.count(limit.wireName());
      throw RefusedException.retryAfter(
              Refusal.REQUEST_RATE_EXCEEDED,
              "%s may make %d requests per second (%s)"
                  .formatted(who, rate.perSecond(), limit.wireName()),
              grant.retryAfterMillis())
          .by(
              Step.LIMIT,
              "limit "
                  + limit.wireName()
                  + (tenant == null ? " of the installation" : " of the tenant"));
    }
  }
}
