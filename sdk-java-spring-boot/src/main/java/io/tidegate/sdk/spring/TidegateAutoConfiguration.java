package io.tidegate.sdk.spring;

import io.tidegate.sdk.Tidegate;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** One client for the application, closed with its context. */
@AutoConfiguration
@EnableConfigurationProperties(TidegateProperties.class)
public class TidegateAutoConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty("tidegate.key")
  @ConditionalOnMissingBean
  Tidegate tidegate(TidegateProperties properties) {
    return Tidegate.builder()
        .url(properties.url())
        .key(Objects.requireNonNull(properties.key()))
        .linger(properties.linger())
        .timeout(properties.timeout())
        .build();
  }
}
