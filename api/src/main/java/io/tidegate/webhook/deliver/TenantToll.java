package io.tidegate.webhook.deliver;

import io.tidegate.allowance.Grant;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.limit.Quotas;
import io.tidegate.usage.Meters;

/** The tenant's limit {@code webhooksPerSecond}, and its apps' usage. */
public final class TenantToll implements Toll {
  private final Quotas quotas;
  private final Meters meters;

  public TenantToll(Quotas quotas, Meters meters) {
    this.quotas = quotas;
    this.meters = meters;
  }

  @Override
  public long waitMillis(TenantId tenant) {
    Grant grant = quotas.of(tenant).callWebhook();
    return grant.granted() ? 0 : Math.max(1, grant.retryAfterMillis());
  }

  @Override
  public void called(AppId app) {
    meters.of(app).calledWebhook();
  }
}
