package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.control.App;
import io.tidegate.sdk.control.AppKey;
import io.tidegate.sdk.control.Control;
import io.tidegate.sdk.control.ControlToken;
import io.tidegate.sdk.control.Namespace;
import io.tidegate.sdk.control.Tenant;
import io.tidegate.sdk.control.UsageQuery;
import io.tidegate.sdk.control.Webhook;
import io.tidegate.sdk.gateway.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
        org.awaitility.Awaitility.await()
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
}
