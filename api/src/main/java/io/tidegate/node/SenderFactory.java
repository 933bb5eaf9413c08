package io.tidegate.node;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.tidegate.settings.Settings;
import io.tidegate.webhook.send.Guard;
import io.tidegate.webhook.send.GuardedSender;
import jakarta.inject.Singleton;

/** Calls to where tenants say: one sender for all of a node, closed behind whoever calls. */
@Factory
final class SenderFactory {
  @Singleton
  Guard guard(Settings settings) {
    return new Guard(settings.webhookAllow());
  }

  @Singleton
  @Bean(preDestroy = "close")
  GuardedSender sender(Settings settings) {
    return GuardedSender.of(settings.webhookAllow());
  }
}
