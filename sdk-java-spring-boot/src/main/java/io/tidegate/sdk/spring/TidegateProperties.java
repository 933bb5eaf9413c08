package io.tidegate.sdk.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tidegate.*}.
 *
 * @param url where the gateway is
 * @param key {@code appId.keyId:secret}
 * @param linger how long a publish may wait for others
 * @param timeout for one call
 */
@ConfigurationProperties("tidegate")
public record TidegateProperties(
    @DefaultValue("http://localhost:8080") String url,
    @Nullable String key,
    @DefaultValue("0ms") Duration linger,
    @DefaultValue("30s") Duration timeout) {
  /** Without the key. */
  @Override
  public String toString() {
    return "Tidegate at " + url;
  }
}
