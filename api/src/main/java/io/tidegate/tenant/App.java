package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.util.List;

/**
 * What the data plane needs to know of an app.
 *
 * @param allowedOrigins exact {@code scheme://host[:port]} origins, or {@code *} for any
 * @param messagePreviews whether who reads the app's log sees the beginning of what is published
 */
public record App(
    AppId id, TenantId tenant, String name, List<String> allowedOrigins, boolean messagePreviews) {

  /** With the settings that nobody has changed. */
  public App(AppId id, TenantId tenant, String name, List<String> allowedOrigins) {
    this(id, tenant, name, allowedOrigins, true);
  }

  public boolean allowsOrigin(String origin) {
    return allowedOrigins.contains("*") || allowedOrigins.contains(origin);
  }
}
