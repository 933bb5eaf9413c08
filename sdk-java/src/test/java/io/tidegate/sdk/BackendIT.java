package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.control.App;
import io.tidegate.sdk.control.AppKey;
import io.tidegate.sdk.control.Control;
import io.tidegate.sdk.control.ControlToken;
import io.tidegate.sdk.control.Deliveries;
import io.tidegate.sdk.control.Delivery;
import io.tidegate.sdk.control.DeliveryDetail;
import io.tidegate.sdk.control.ExplainRequest;
import io.tidegate.sdk.control.Explanation;
import io.tidegate.sdk.control.Hook;
import io.tidegate.sdk.control.HookCalls;
import io.tidegate.sdk.control.Namespace;
import io.tidegate.sdk.control.RefusalQuery;
import io.tidegate.sdk.control.ReplayRequest;
import io.tidegate.sdk.control.Replayed;
import io.tidegate.sdk.control.Tenant;
import io.tidegate.sdk.control.UsageQuery;
import io.tidegate.sdk.control.Webhook;
import io.tidegate.sdk.gateway.Gateway;
import io.tidegate.sdk.gateway.Inbox;
import io.tidegate.sdk.gateway.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a backend does besides publishing: tokens, channels, encryption, and the control plane. */
class BackendIT {
  private static final Gateway GATEWAY = Gateway.shared();

  @Test
  void aSignedTokenIsAsGoodAsAnIssuedOne() {
    String key = GATEWAY.newKey();
    try (Tidegate backend = Tidegate.builder().url(GATEWAY.url()).key(key).build()) {
      TokenRequest request =
          TokenRequest.forClient("ada")
              .allow("chat:*", "publish", "history")
              .ttl(Duration.ofMinutes(5));
      for (Token token : List.of(backend.tokens().sign(request), backend.tokens().issue(request))) {
        assertThat(token.toString()).doesNotContain(token.token());
        try (Tidegate client = Tidegate.builder().url(GATEWAY.url()).token(token.token()).build()) {
          Channel chat = client.channel("chat:" + token.tokenId());
          chat.publish("n", 1);
          assertThat(chat.history().iterator().next().clientId()).contains("ada");
          assertThatThrownBy(() -> client.channel("other").publish("n", 1))
              .isInstanceOfSatisfying(
                  TidegateException.class, e -> assertThat(e.code()).isEqualTo(40301));
          assertThat(client.tokens().ticket("chat:7").ticket()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void aRefusedTokenIsAskedForAgain() {
    try (Tidegate backend = GATEWAY.client().build()) {
      TokenRequest request = TokenRequest.forClient("ada").allow("*", "publish");
      AtomicInteger asked = new AtomicInteger();
      TokenProvider provider =
          () -> asked.incrementAndGet() == 1 ? "stale" : backend.tokens().sign(request).token();
      try (Tidegate client =
          Tidegate.builder().url(GATEWAY.url()).tokenProvider(provider).build()) {
        client.channel("a").publish("n", 1);
        client.channel("a").publish("n", 2);
        assertThat(asked).hasValue(2);
      }
    }
  }

  @Test
  void aTokenIsRevoked() {
    try (Tidegate backend = GATEWAY.client().build()) {
      Token token = backend.tokens().issue(TokenRequest.forClient("eve").allow("*", "publish"));
      backend.tokens().revoke(Revocation.ofToken(token.tokenId()));
      try (Tidegate client = Tidegate.builder().url(GATEWAY.url()).token(token.token()).build()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThatThrownBy(() -> client.channel("a").publish("n", 1))
                        .isInstanceOfSatisfying(
                            TidegateException.class, e -> assertThat(e.code()).isEqualTo(40141)));
      }
    }
  }

  @Test
  void channelsAreListedAndDeleted() {
    try (Tidegate backend = GATEWAY.client().build()) {
      assertThat(backend.channel("never").state().epoch()).isEmpty();
      Published published = backend.channel("list:a").publish("n", 1);
      backend.channel("list:b").publish("n", 1);
      backend.channel("other").publish("n", 1);
      assertThat(backend.channels("list:").stream().map(ChannelSummary::channel))
          .containsExactly("list:a", "list:b");
      ChannelState state = backend.channel("list:a").state();
      assertThat(state.durability()).isEqualTo("window");
      assertThat(state.epoch()).contains(published.epoch());
      backend.channel("list:a").deleteMessages();
      assertThat(backend.channel("list:a").history()).isEmpty();
      assertThat(backend.channel("list:a").presence().count()).isZero();
      assertThat(backend.channel("list:a").presence().get()).isEmpty();
      assertThat(backend.connections().list("nobody")).isEmpty();
      backend.connections().disconnect("nobody");
      assertThatThrownBy(() -> backend.connections().close("nothing"))
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.status()).isEqualTo(404));
    }
  }

  @Test
  void theGatewayNeverSeesWhatIsEncrypted() {
    String key = GATEWAY.newKey();
    ChannelOptions options = ChannelOptions.encrypted(new byte[32]);
    try (Tidegate knowing = Tidegate.builder().url(GATEWAY.url()).key(key).build();
        Tidegate other = Tidegate.builder().url(GATEWAY.url()).key(key).build()) {
      Channel secret = knowing.channel("secret", options);
      secret.publish("n", Map.of("text", "only for us"));
      secret.publish(OutgoingMessage.bytes(new byte[] {1, 2}));
      knowing.publish(List.of(BatchItem.of("secret", OutgoingMessage.of("third"))));

      List<Message> read = secret.history(HistoryQuery.oldestFirst()).stream().toList();
      assertThat(read.get(0).data()).isEqualTo(Map.of("text", "only for us"));
      assertThat(read.get(1).bytes()).isEqualTo(new byte[] {1, 2});
      assertThat(read.get(2).data()).isEqualTo("third");
      for (Message message : other.channel("secret").history()) {
        assertThat(message.error()).isPresent();
        assertThat(message.encoding().orElseThrow()).startsWith("cipher+aes-256-gcm");
      }
      assertThatThrownBy(() -> knowing.channel("secret", ChannelOptions.none()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void theControlPlaneIsTyped() {
    Control control = GATEWAY.control();
    Tenant tenant =
        control.tenants().create(Map.of("name", "Acme", "limits", Map.of("connections", 5)));
    assertThat(control.tenants().get(tenant.id()).limits())
        .containsEntry("connections", 5L)
        .containsEntry("channels", null);
    assertThat(control.tenants().update(tenant.id(), Map.of("name", "Acme 2")).name())
        .isEqualTo("Acme 2");

    App app = control.apps(tenant.id()).create(Map.of("name", "production"));
    AppKey key =
        control
            .keys(app.id())
            .create(Map.of("name", "backend", "capabilities", Map.of("*", List.of("publish"))));
    assertThat(key.key().orElseThrow()).startsWith(key.keyName() + ":");
    assertThat(key.toString()).doesNotContain(key.key().orElseThrow());
    assertThat(control.keys(app.id()).get(key.id()).key()).isEmpty();
    control.keys(app.id()).delete(key.id());
    assertThat(control.keys(app.id()).get(key.id()).revokedAt()).isPresent();

    Namespace chat =
        control
            .namespaces(app.id())
            .put("chat", Map.of("pattern", "chat:*", "durability", "durable"));
    assertThat(control.namespaces(app.id()).list()).containsExactly(chat);
    Webhook webhook =
        control
            .webhooks(app.id())
            .create(
                Map.of(
                    "name",
                    "told",
                    "url",
                    "https://127.0.0.1/",
                    "events",
                    List.of("message.published")));
    assertThat(webhook.secret()).isPresent();
    assertThat(control.webhooks(app.id()).rotateSecret(webhook.id(), 60).secret())
        .isPresent()
        .isNotEqualTo(webhook.secret());
    control.webhooks(app.id()).delete(webhook.id());
    assertThat(
            control
                .hooks(app.id())
                .create(
                    Map.of(
                        "name",
                        "asked",
                        "kind",
                        "connect",
                        "url",
                        "https://127.0.0.1/",
                        "enabled",
                        false))
                .secret())
        .isPresent();

    ControlToken token =
        control.controlTokens(tenant.id()).create(Map.of("name", "ci", "role", "viewer"));
    try (Control viewer = Control.of(GATEWAY.url(), token.token().orElseThrow())) {
      assertThat(viewer.me().role()).isEqualTo("viewer");
      assertThatThrownBy(() -> viewer.apps(tenant.id()).create(Map.of("name", "no")))
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.code()).isEqualTo(40300));
    }
    assertThat(control.auditEvents(tenant.id()).stream()).isNotEmpty();
    assertThat(control.usage(tenant.id(), UsageQuery.by("hour")).page().next()).isEmpty();
    assertThat(control.nodes().stream()).hasSize(1);
    control.tenants().deleteCascading(tenant.id());
    assertThatThrownBy(() -> control.tenants().get(tenant.id()))
        .isInstanceOfSatisfying(
            TidegateException.class, e -> assertThat(e.code()).isEqualTo(40400));
  }

  @Test
  void whatWasRefusedIsListedAndExplained() {
    Control control = GATEWAY.control();
    App app = control.apps(GATEWAY.tenant().id()).create(Map.of("name", "refused"));
    AppKey narrow =
        control
            .keys(app.id())
            .create(Map.of("name", "narrow", "capabilities", Map.of("mine:*", List.of("publish"))));
    String key = narrow.key().orElseThrow();
    TidegateException refused;
    try (Tidegate backend = Tidegate.builder().url(GATEWAY.url()).key(key).build()) {
      refused =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              TidegateException.class, () -> backend.channel("yours:1").publish("n", 1));
    }
    String request = refused.requestId().orElseThrow();
    Awaitility.await()
        .atMost(Inbox.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(control.refusals(app.id(), RefusalQuery.ofRequest(request)))
                    .singleElement()
                    .satisfies(
                        one -> {
                          assertThat(one.code()).isEqualTo(refused.code());
                          assertThat(one.channel()).contains("yours:1");
                          assertThat(one.keyName()).contains(narrow.keyName());
                          assertThat(one.protocol()).isEqualTo("rest");
                        }));
    assertThat(control.refusals(app.id(), RefusalQuery.all())).isNotEmpty();
    assertThat(control.refusals(app.id(), RefusalQuery.ofCode(40401))).isEmpty();
    assertThat(control.refusals(app.id(), RefusalQuery.ofClient("nobody"))).isEmpty();

    ExplainRequest asked = ExplainRequest.ofCredential(key, "publish", "yours:1").messageBytes(5);
    assertThat(asked.toString()).doesNotContain(key);
    Explanation explained = control.explain(app.id(), asked);
    assertThat(explained.allowed()).isFalse();
    assertThat(explained.code()).contains(refused.code());
    assertThat(explained.steps())
        .anySatisfy(
            step -> {
              assertThat(step.verdict()).isEqualTo("refuses");
              assertThat(explained.decidedBy()).contains(step.step());
            });
    Map<String, List<String>> capabilities = Map.of("chat:*", List.of("subscribe"));
    assertThat(
            control
                .explain(
                    app.id(),
                    ExplainRequest.ofCapabilities(capabilities, "subscribe", "chat:1")
                        .client("ada"))
                .allowed())
        .isTrue();
  }

  @Test
  void deliveriesAreListedReadAndSentAgain() throws Exception {
    Control control = GATEWAY.control();
    App app = control.apps(GATEWAY.tenant().id()).create(Map.of("name", "delivers"));
    try (ScriptedServer target = new ScriptedServer();
        Tidegate backend =
            Tidegate.builder().url(GATEWAY.url()).key(GATEWAY.newKey(app.id())).build()) {
      target.answer(200, "", "").answer(200, "", "");
      Webhook webhook =
          control
              .webhooks(app.id())
              .create(
                  Map.of(
                      "name", "told", "url", target.url(), "events", List.of("message.published")));
      Deliveries deliveries = control.deliveries(app.id(), webhook.id());
      assertThat(deliveries.list()).isEmpty();
      backend.channel("orders:1").publish("n", Map.of("total", 12));
      Delivery delivered = awaitDelivered(deliveries, 1);
      assertThat(delivered.type()).isEqualTo("message.published");
      assertThat(delivered.channel()).contains("orders:1");
      DeliveryDetail detail = deliveries.get(delivered.id());
      assertThat(detail.delivery()).isEqualTo(delivered);
      assertThat(detail.data()).containsEntry("channel", "orders:1");
      assertThat(detail.attempts())
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.status()).contains(200));

      assertThat(deliveries.replay(delivered.id()).eventId()).isEqualTo(delivered.eventId());
      assertThat(awaitDelivered(deliveries, 2).eventId()).isEqualTo(delivered.eventId());
      assertThat(deliveries.list("dead")).isEmpty();
      assertThat(deliveries.replay(ReplayRequest.dead())).isEqualTo(new Replayed(0, false));
      ReplayRequest future =
          ReplayRequest.delivered().between(delivered.time().plusSeconds(3_600), null);
      assertThat(deliveries.replay(future)).isEqualTo(new Replayed(0, false));
      assertThat(target.requests()).hasSize(2);
      assertThatThrownBy(() -> deliveries.get("0197f3c6-2f0b-7c11-9a44-6d5e4f3a2b1c"))
          .isInstanceOfSatisfying(
              TidegateException.class, e -> assertThat(e.status()).isEqualTo(404));
    }
  }

  private static Delivery awaitDelivered(Deliveries deliveries, int attempts) {
    return Awaitility.await()
        .atMost(Inbox.PATIENCE)
        .until(
            () ->
                deliveries.list("delivered").stream()
                    .filter(one -> one.attempts() >= attempts)
                    .findFirst()
                    .orElse(null),
            java.util.Objects::nonNull);
  }

  @Test
  void whatCameOfAskingAHookIsTold() {
    Control control = GATEWAY.control();
    App app = control.apps(GATEWAY.tenant().id()).create(Map.of("name", "asks"));
    Hook hook =
        control
            .hooks(app.id())
            .create(
                Map.of(
                    "name",
                    "asked",
                    "kind",
                    "connect",
                    "url",
                    "https://127.0.0.1/",
                    "enabled",
                    false));
    HookCalls calls = control.hookCalls(app.id(), hook.id());
    assertThat(calls.node()).isNotEmpty();
    assertThat(calls.counts()).containsEntry("allow", 0L);
    assertThat(calls.items()).isEmpty();
  }
}
