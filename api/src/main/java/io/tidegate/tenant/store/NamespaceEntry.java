package io.tidegate.tenant.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.channel.Namespace;
import io.tidegate.json.StrictJson;
import io.tidegate.tenant.StoredJson;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A namespace as the control plane sees it.
 *
 * @param rules JSON; read it with {@link #namespace}
 * @param effectiveAt when a change of durability counts for live channels, null when none is
 *     pending
 */
@MappedEntity("namespaces")
public record NamespaceEntry(
    @Id String name,
    String rules,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant effectiveAt) {
  public Namespace namespace() {
    return StoredJson.namespace(name, StrictJson.parseObject(rules));
  }

  /** What of it can be changed, for the record. */
  Map<String, Object> content() {
    return StoredJson.ofNamespace(namespace());
  }
}
