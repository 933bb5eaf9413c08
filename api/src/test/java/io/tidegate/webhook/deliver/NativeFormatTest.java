package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.MemoryWebhooks;
import io.tidegate.webhook.Webhook;
import io.tidegate.webhook.WebhookFormat.Call;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.send.SigningSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class NativeFormatTest {
  private static final Instant NOW = Instant.parse("2026-05-04T09:30:00.123Z");
  private static final UUID EVENT = UUID.fromString("0197f3c6-2f0a-7b2d-8e3f-1a2b3c4d5e6f");

  private static final String NEW = "tgw_new_0123456789abcdefghijklmnopqrstuvw";
  private static final String OLD = "tgw_old_0123456789abcdefghijklmnopqrstuvw";
  private static final String OVER = "tgw_over_0123456789abcdefghijklmnopqrstuv";

  private final NativeFormat format = new NativeFormat();
  private final MemoryWebhooks webhooks = new MemoryWebhooks();

  private static Delivery delivery(String data) {
    Instant at = Instant.ofEpochMilli(1_777_887_000_456L);
    return new Delivery(UUID.randomUUID(), EVENT, "message.published", "a", at, data, 3);
  }

  private static String body(Call call) {
    return new String(call.body(), StandardCharsets.UTF_8);
  }

  @Test
  void theBodyIsTheEventInItsEnvelope() {
    Webhook webhook = webhooks.add(URI.create("https://a.example"), 1);

    Call call = format.of(webhook, List.of(delivery("{\"channel\":\"ü\"}")), NOW);

    assertThat(body(call))
        .isEqualTo(
            "{\"id\":\"0197f3c6-2f0a-7b2d-8e3f-1a2b3c4d5e6f\",\"type\":\"message.published\",\"app\":\""
                + webhook.app()
                + "\",\"time\":1777887000456,\"data\":{\"channel\":\"ü\"}}");
    assertThat(call.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Tidegate-Webhook", webhook.id().toString());
  }

  @Test
  void aWebhookThatTakesSeveralAlwaysGetsAnArray() {
    Webhook webhook = webhooks.add(URI.create("https://a.example"), 10);

    String one = body(format.of(webhook, List.of(delivery("{}")), NOW));
    String two = body(format.of(webhook, List.of(delivery("{}"), delivery("{}")), NOW));

    assertThat(one).startsWith("[{").endsWith("}]");
    assertThat(two).isEqualTo("[" + one.substring(1, one.length() - 1) + "," + one.substring(1));
  }

  @Test
  void itIsSignedWithEachSecretThatIsGoodTheNewestFirst() throws Exception {
    Webhook plain = webhooks.add(URI.create("https://a.example"), 1);
    Webhook webhook =
        new Webhook(
            plain.id(),
            plain.tenant(),
            plain.app(),
            plain.url(),
            plain.events(),
            plain.pattern(),
            1,
            true,
            List.of(
                new WebhookSecret(new SigningSecret(NEW), null),
                new WebhookSecret(new SigningSecret(OLD), NOW.plusSeconds(1)),
                new WebhookSecret(new SigningSecret(OVER), NOW)));

    Call call = format.of(webhook, List.of(delivery("{}")), NOW);

    String t = Long.toString(NOW.getEpochSecond());
    assertThat(call.headers().get("Tidegate-Signature"))
        .isEqualTo(
            "t=%s,v1=%s,v1=%s"
                .formatted(t, hmac(NEW, t + "." + body(call)), hmac(OLD, t + "." + body(call))));
  }

  static String hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
