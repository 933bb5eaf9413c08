package io.tidegate.control;

import io.tidegate.json.StrictJson;
import io.tidegate.tenant.StoredJson;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.AuditEvent;
import io.tidegate.tenant.store.ControlToken;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.KeyEntry;
import io.tidegate.tenant.store.NamespaceEntry;
import io.tidegate.tenant.store.Tenant;
import io.tidegate.usage.Counts;
import io.tidegate.usage.UsageRow;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored as the contract shows it: every field always there, secrets never. */
public final class Views {
  private Views() {}

  static Map<String, @Nullable Object> of(Tenant tenant) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", tenant.id());
    view.put("name", tenant.name());
    view.put("limits", tenant.limitsRead().toJson());
    return dated(view, tenant.createdAt(), tenant.updatedAt());
  }

  static Map<String, @Nullable Object> of(AppEntry app) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", app.appId());
    view.put("tenantId", app.tenantId());
    view.put("name", app.name());
    view.put("settings", app.settingsRead().view());
    return dated(view, app.createdAt(), app.updatedAt());
  }

  static Map<String, @Nullable Object> of(KeyEntry key) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", key.keyId());
    view.put("appId", key.keyName().app());
    view.put("keyName", key.keyName());
    view.put("name", key.name());
    view.put("capabilities", StoredJson.ofCapabilities(key.capabilitiesRead()));
    view.put("expiresAt", Times.text(key.expiresAt()));
    view.put("revokedAt", Times.text(key.revokedAt()));
    view.put("lastUsedAt", Times.text(key.lastUsedAt()));
    return dated(view, key.createdAt(), key.updatedAt());
  }

  static Map<String, @Nullable Object> of(NamespaceEntry namespace) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("name", namespace.name());
    view.putAll(StoredJson.ofNamespace(namespace.namespace()));
    view.put("effectiveAt", Times.text(namespace.effectiveAt()));
    return dated(view, namespace.createdAt(), namespace.updatedAt());
  }

  static Map<String, @Nullable Object> of(ControlToken token) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", token.id());
    view.put("tenantId", token.tenantId());
    view.put("name", token.name());
    view.put("role", token.role());
    view.put("expiresAt", Times.text(token.expiresAt()));
    view.put("lastUsedAt", Times.text(token.lastUsedAt()));
    view.put("createdAt", Times.text(token.createdAt()));
    return view;
  }

  /** An audit event. */
  public static Map<String, @Nullable Object> of(AuditEvent event) {
    Map<String, @Nullable Object> actor = new LinkedHashMap<>();
    actor.put("kind", event.actorKind());
    actor.put("id", event.actorId());
    actor.put("name", event.actorName());
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", event.id());
    boolean ofTenant = !event.tenantId().equals(JdbcAudit.INSTALLATION.value());
    view.put("tenantId", ofTenant ? event.tenantId() : null);
    view.put("at", Times.text(event.at()));
    view.put("actor", actor);
    view.put("action", event.action());
    Map<String, @Nullable Object> target = new LinkedHashMap<>();
    target.put("kind", event.targetKind());
    target.put("id", event.targetId().isEmpty() ? null : event.targetId());
    view.put("target", target);
    view.put("before", json(event.before()));
    view.put("after", json(event.after()));
    view.put("requestId", event.requestId());
    view.put("hash", HexFormat.of().formatHex(event.hash()));
    return view;
  }

  static Map<String, @Nullable Object> of(UsageRow row) {
    Counts counts = row.counts();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("start", Times.text(row.start()));
    view.put("appId", row.app().value());
    view.put("publishes", counts.publishes());
    view.put("deliveries", counts.deliveries());
    view.put("bytesIn", counts.bytesIn());
    view.put("bytesOut", counts.bytesOut());
    view.put("connectionsPeak", counts.connectionsPeak());
    view.put("connectionMinutes", counts.connectionMinutes());
    view.put("channelsPeak", counts.channelsPeak());
    view.put("membersPeak", counts.membersPeak());
    view.put("storedBytes", row.storedBytes());
    view.put("webhooks", counts.webhooks());
    view.put("refusals", counts.sortedRefusals());
    view.put("latencyMs", RatesView.latency(counts.latency()));
    return view;
  }

  static Map<String, @Nullable Object> of(ControlPrincipal principal) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("kind", principal.actor().kind().wireName());
    view.put("role", principal.role().wireName());
    view.put("id", principal.actor().id());
    view.put("name", principal.actor().name());
    view.put("tenantId", principal.ownTenant());
    view.put("expiresAt", Times.text(principal.expiresAt()));
    return view;
  }

  private static Map<String, @Nullable Object> dated(
      Map<String, @Nullable Object> view, Instant createdAt, Instant updatedAt) {
    view.put("createdAt", Times.text(createdAt));
    view.put("updatedAt", Times.text(updatedAt));
    return view;
  }

  private static @Nullable Object json(@Nullable String text) {
    return text == null ? null : StrictJson.parse(text);
  }
}
