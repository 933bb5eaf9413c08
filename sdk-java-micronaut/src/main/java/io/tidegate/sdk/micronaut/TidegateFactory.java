package io.tidegate.sdk.micronaut;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.tidegate.sdk.Tidegate;
import jakarta.inject.Singleton;
import java.util.Objects;

/** One client for the application, closed with its context. */
@Factory
final class TidegateFactory {
  @Singleton
  @Bean(preDestroy = "close")
  @Requires(property = "tidegate.key")
  @Requires(missingBeans = Tidegate.class)
  Tidegate tidegate(TidegateConfiguration configuration) {
    return Tidegate.builder()
        .url(configuration.getUrl())
        .key(Objects.requireNonNull(configuration.getKey()))
        .linger(configuration.getLinger())
        .timeout(configuration.getTimeout())
        .build();
  }
}
