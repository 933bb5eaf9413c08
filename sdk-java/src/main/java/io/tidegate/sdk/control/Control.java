package io.tidegate.sdk.control;

import io.tidegate.sdk.Paged;
import io.tidegate.sdk.internal.Futures;
import io.tidegate.sdk.internal.auth.Bearer;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Paths;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.json.JsonWriter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The control plane, with an operator's or a control token. Thread-safe; make one and share it.
 * What a thing may be made or changed with is given as fields by their names in the contract: what
 * the gateway does not know it refuses.
 */
public final class Control implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 6;

  private final Transport transport;

  private Control(Transport transport) {
    this.transport = transport;
  }

  /** At a gateway, with an operator's or a control token. */
  public static Control of(String url, String token) {
    return new Control(
        new Transport(URI.create(url), new Bearer(token), TIMEOUT, CONNECT_TIMEOUT, ATTEMPTS));
  }

  /** Customers; operators only make them. */
  public Resources<Tenant> tenants() {
    return new Resources<>(transport, "/v1/tenants", "/v1/tenants/{}", Tenant.class);
  }

  /** A tenant's apps. */
  public Resources<App> apps(String tenantId) {
    String list = Paths.of("/v1/tenants/{}/apps", tenantId);
    return new Resources<>(transport, list, "/v1/apps/{}", App.class);
  }

  /** An app's keys; to delete one is to revoke it. */
  public Resources<AppKey> keys(String appId) {
    return under("/v1/apps/{}/keys", appId, AppKey.class);
  }

  /** An app's rules for channels by pattern, by their names: made and changed by {@code put}. */
  public Resources<Namespace> namespaces(String appId) {
    return under("/v1/apps/{}/namespaces", appId, Namespace.class);
  }

  /** Backends that are told what happens. */
  public Resources<Webhook> webhooks(String appId) {
    return under("/v1/apps/{}/webhooks", appId, Webhook.class);
  }

  /** What a webhook was sent, and sending it again. */
  public Deliveries deliveries(String appId, String webhookId) {
    return new Deliveries(
        transport, Paths.of("/v1/apps/{}/webhooks/{}/deliveries", appId, webhookId));
  }

  /** Backends that are asked before it happens. */
  public Resources<Hook> hooks(String appId) {
    return under("/v1/apps/{}/hooks", appId, Hook.class);
  }

  /** What came of asking a hook. */
  public HookCalls hookCalls(String appId, String hookId) {
    return Futures.join(hookCallsAsync(appId, hookId));
  }

  /** {@link #hookCalls} without waiting. */
  public CompletableFuture<HookCalls> hookCallsAsync(String appId, String hookId) {
    return transport
        .send(Call.get(Paths.of("/v1/apps/{}/hooks/{}/calls", appId, hookId)))
        .thenApply(answer -> answer.value(HookCalls.class));
  }

  /** What an app's clients were refused in the last 24 hours, and which rule decided. */
  public Paged<Refusal> refusals(String appId, RefusalQuery query) {
    String path = Paths.of("/v1/apps/{}/refusals", appId);
    path = Paths.query(path, "requestId", query.requestId());
    path = Paths.query(path, "clientId", query.clientId());
    path = Paths.query(path, "code", query.code());
    return new Resources<>(transport, path, path + "/{}", Refusal.class).list();
  }

  /** Which rule would decide over an operation, step by step; nothing is carried out. */
  public Explanation explain(String appId, ExplainRequest request) {
    return Futures.join(explainAsync(appId, request));
  }

  /** {@link #explain} without waiting. */
  public CompletableFuture<Explanation> explainAsync(String appId, ExplainRequest request) {
    return transport
        .send(Call.post(Paths.of("/v1/apps/{}/explain", appId), JsonWriter.write(fields(request))))
        .thenApply(answer -> answer.value(Explanation.class));
  }

  private static Map<String, Object> fields(ExplainRequest request) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("credential", request.credential());
    all.put("capabilities", request.capabilities());
    all.put("clientId", request.clientId());
    all.put("operation", request.operation());
    all.put("channel", request.channel());
    all.put("origin", request.origin());
    all.put("messageBytes", request.messageBytes());
    Map<String, Object> given = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (value != null) {
            given.put(name, value);
          }
        });
    return given;
  }

  /** A tenant's control tokens: made, listed and deleted. */
  public Resources<ControlToken> controlTokens(String tenantId) {
    return under("/v1/tenants/{}/control-tokens", tenantId, ControlToken.class);
  }

  /** Who changed what, of a tenant. */
  public Paged<AuditEvent> auditEvents(String tenantId) {
    return under("/v1/tenants/{}/audit-events", tenantId, AuditEvent.class).list();
  }

  /** What a tenant's apps used, the oldest first. */
  public Paged<Usage> usage(String tenantId, UsageQuery query) {
    String path = Paths.of("/v1/tenants/{}/usage", tenantId);
    path = Paths.query(path, "appId", query.appId());
    path = Paths.query(path, "unit", query.unit());
    path = Paths.query(path, "start", query.start());
    path = Paths.query(path, "end", query.end());
    return new Resources<>(transport, path, path + "/{}", Usage.class).list();
  }

  /** The nodes of the gateway; operators only. */
  public Paged<Node> nodes() {
    return new Resources<>(transport, "/v1/nodes", "/v1/nodes/{}", Node.class).list();
  }

  /** Who this token is. */
  public Me me() {
    return Futures.join(meAsync());
  }

  /** {@link #me} without waiting. */
  public CompletableFuture<Me> meAsync() {
    return transport.send(Call.get("/v1/me")).thenApply(answer -> answer.value(Me.class));
  }

  /** Sends nothing more. */
  @Override
  public void close() {
    transport.close();
  }

  private <T> Resources<T> under(String list, String parent, Class<T> type) {
    String path = Paths.of(list, parent);
    return new Resources<>(transport, path, path + "/{}", type);
  }
}
