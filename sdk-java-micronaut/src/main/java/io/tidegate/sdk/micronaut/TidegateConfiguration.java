package io.tidegate.sdk.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code tidegate.url}, {@code tidegate.key}, {@code tidegate.linger}, {@code tidegate.timeout}.
 */
@ConfigurationProperties("tidegate")
public final class TidegateConfiguration {
  private String url = "http://localhost:8080";
  private @Nullable String key;
  private Duration linger = Duration.ZERO;
  private Duration timeout = Duration.ofSeconds(30);

  /** Where the gateway is. */
  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  /** {@code appId.keyId:secret}. */
  public @Nullable String getKey() {
    return key;
  }

  public void setKey(@Nullable String key) {
    this.key = key;
  }

  /** How long a publish may wait for others. */
  public Duration getLinger() {
    return linger;
  }

  public void setLinger(Duration linger) {
    this.linger = linger;
  }

  /** For one call. */
  public Duration getTimeout() {
    return timeout;
  }

  public void setTimeout(Duration timeout) {
    this.timeout = timeout;
  }
}
