package io.tidegate.node;

import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Allowances;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.AuditedWarnings;
import io.tidegate.limit.MemoryAllowances;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.Requests;
import io.tidegate.roster.Roster;
import io.tidegate.settings.Settings;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcAudit;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** What limits are held with, put together for a node that is alone. */
@Factory
final class LimitFactory {
  @Singleton
  Allowances allowances() {
    return new MemoryAllowances(System::nanoTime);
  }

  @Singleton
  Quotas quotas(
      Directory directory,
      Allowances allowances,
      Stores stores,
      Hub hub,
      Roster roster,
      JdbcAudit audit,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    ChannelCensus census = new ChannelCensus(directory, stores, hub, roster);
    Quotas quotas = new Quotas(directory, allowances, census, System::nanoTime);
    quotas.listen(new AuditedWarnings(audit, blocking));
    return quotas;
  }

  @Singleton
  Attempts attempts(Settings settings, Quotas quotas) {
    int perMinute = settings.throttle().failedAuthentications();
    return new Attempts(perMinute, quotas.refused(), System::nanoTime);
  }

  @Singleton
  Requests requests(Settings settings, Allowances allowances, Quotas quotas) {
    int perIp = settings.throttle().requestsPerIp();
    int perKey = settings.throttle().requestsPerKey();
    return new Requests(perIp, perKey, allowances, quotas.refused());
  }
}
