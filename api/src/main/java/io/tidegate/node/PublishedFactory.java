package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.tidegate.broker.Broker;
import io.tidegate.broker.RedisTrail;
import io.tidegate.limit.WarningSink;
import io.tidegate.log.Witness;
import io.tidegate.redis.RedisLink;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.Webhooks;
import io.tidegate.webhook.source.JdbcCursors;
import io.tidegate.webhook.source.JdbcLogWitness;
import io.tidegate.webhook.source.LimitWarnings;
import io.tidegate.webhook.source.LocalTrail;
import io.tidegate.webhook.source.Sweep;
import io.tidegate.webhook.source.WindowHerald;
import jakarta.inject.Singleton;

/** What webhooks are told of, put together for this node. */
@Factory
final class PublishedFactory {
  @Singleton
  Witness witness(Webhooks webhooks) {
    return new JdbcLogWitness(webhooks);
  }

  @Singleton
  WarningSink warnings(Directory directory, WebhookEvents events) {
    return new LimitWarnings(directory, events);
  }

  @Singleton
  JdbcCursors cursors(JdbcWork work) {
    return new JdbcCursors(work);
  }

  @Singleton
  @Bean(preDestroy = "close")
  WindowHerald herald(JdbcCursors cursors, WebhookEvents events, Webhooks webhooks) {
    return new WindowHerald(cursors, events, webhooks);
  }

  @Singleton
  @Requires(condition = Alone.class)
  Sweep alone(WindowHerald herald, JdbcCursors cursors, Stores stores, Broker broker) {
    return new Sweep(herald, cursors, stores, new LocalTrail(broker));
  }

  @Singleton
  @Requires(condition = Linked.class)
  Sweep linked(WindowHerald herald, JdbcCursors cursors, Stores stores, RedisLink link) {
    return new Sweep(herald, cursors, stores, new RedisTrail(link));
  }
}
