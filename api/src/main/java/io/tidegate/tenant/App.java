package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import java.util.List;

/**
 * What the data plane needs to know of an app.
 *
 * @param allowedOrigins exact {@code scheme://host[:port]} origins, or {@code *} for any
 */
public record App(AppId id, TenantId tenant, String name, List<String> allowedOrigins) {
  public boolean allowsOrigin(String origin) {
    return allowedOrigins.contains("*") || allowedOrigins.contains(origin);
  }
}
