package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskExecutors;
import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.allowance.RedisAllowances;
import io.tidegate.broker.Broker;
import io.tidegate.hub.Hub;
import io.tidegate.limit.Attempts;
import io.tidegate.limit.AuditedWarnings;
import io.tidegate.limit.Guesses;
import io.tidegate.limit.Openings;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.RedisGuesses;
import io.tidegate.limit.RedisOpenings;
import io.tidegate.limit.Requests;
import io.tidegate.limit.WarningSink;
import io.tidegate.redis.RedisLink;
import io.tidegate.roster.Roster;
import io.tidegate.settings.Settings;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcWork;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What limits are held with: memory on a node that is alone, what Redis lends on others. */
@Factory
final class LimitFactory {
  private static final Allowances HERE = new MemoryAllowances(System::nanoTime);

  @Singleton
  @Requires(condition = Alone.class)
  Allowances alone() {
    return HERE;
  }

  @Singleton
  @Requires(condition = Linked.class)
  @Bean(preDestroy = "close")
  RedisAllowances linked(RedisLink link, NodeName node, LiveNodes nodes) {
    return new RedisAllowances(link, node.value(), nodes::count);
  }

  @Singleton
  @Requires(condition = Alone.class)
  Guesses own() {
    return Guesses.NONE;
  }

  @Singleton
  @Requires(condition = Linked.class)
  Guesses shared(RedisLink link, @Named("node-timer") ScheduledExecutorService timer) {
    return new RedisGuesses(link, timer);
  }

  @Singleton
  @Requires(condition = Alone.class)
  Openings none() {
    return Openings.NONE;
  }

  @Singleton
  @Requires(condition = Linked.class)
  Openings openings(
      RedisLink link,
      NodeName node,
      LiveNodes nodes,
      @Named("node-timer") ScheduledExecutorService timer) {
    return new RedisOpenings(link, node.value(), nodes::count, timer);
  }

  @Singleton
  Quotas quotas(
      Directory directory,
      Allowances allowances,
      Openings openings,
      Stores stores,
      Hub hub,
      Roster roster,
      Broker broker,
      JdbcWork work,
      JdbcAudit audit,
      WarningSink sink,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    ChannelCensus census = new ChannelCensus(directory, stores, hub, roster);
    Quotas quotas = new Quotas(directory, allowances, census, openings, System::nanoTime);
    quotas.listen(new AuditedWarnings(work, audit, sink, broker::claim, blocking));
    return quotas;
  }

  @Singleton
  Attempts attempts(Settings settings, Quotas quotas, Guesses guesses) {
    int perMinute = settings.throttle().failedAuthentications();
    return new Attempts(perMinute, quotas.refused(), System::nanoTime, guesses);
  }

  @Singleton
  Requests requests(Settings settings, Allowances allowances, Quotas quotas) {
    int perIp = settings.throttle().requestsPerIp();
    int perKey = settings.throttle().requestsPerKey();
    return new Requests(perIp, perKey, allowances, HERE, quotas.refused());
  }
}
