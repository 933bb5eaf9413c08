package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.KeyName;
import io.tidegate.json.StrictJson;
import io.tidegate.tenant.StoredJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the control plane sees it: without its secret.
 *
 * @param capabilities JSON; read it with {@link #capabilitiesRead}
 */
@MappedEntity("keys")
public record KeyEntry(
    @Id String keyId,
    UUID tenantId,
    long appId,
    int ordinal,
    String name,
    String capabilities,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public KeyName keyName() {
    return new KeyName(new AppId(Long.toString(appId)), keyId);
  }

  public Capabilities capabilitiesRead() {
    return StoredJson.capabilities(StrictJson.parseObject(capabilities));
  }

  /** What of it can be changed, for the record. */
  Map<String, @Nullable Object> content() {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("capabilities", StoredJson.ofCapabilities(capabilitiesRead()));
    content.put("expiresAt", expiresAt);
    content.put("revokedAt", revokedAt);
    return content;
  }
}
