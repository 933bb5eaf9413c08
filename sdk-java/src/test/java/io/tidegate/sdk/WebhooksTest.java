package io.tidegate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Only what the gateway signed, and lately, is genuine. */
class WebhooksTest {
  private static final long NOW = 1_777_887_060;
  private static final String SECRET = "tgw_secret";
  private static final String EVENT =
      "{\"id\":\"e1\",\"type\":\"message.published\",\"app\":\"482913\",\"time\":1777887060000,"
          + "\"data\":{\"channel\":\"orders:eu\"}}";

  private final Webhooks webhooks = Webhooks.of(SECRET).clock(clock(NOW));

  @Test
  void aSignedCallIsGenuine() throws Exception {
    String header = "t=" + NOW + ",v1=" + mac(SECRET, NOW, EVENT);
    List<WebhookEvent> events = webhooks.events(header, bytes(EVENT));
    assertThat(events)
        .containsExactly(
            new WebhookEvent(
                "e1",
                "message.published",
                "482913",
                Instant.ofEpochSecond(NOW),
                Map.of("channel", "orders:eu")));
  }

  @Test
  void aBatchIsAnArray() throws Exception {
    String body = "[" + EVENT + "," + EVENT.replace("e1", "e2") + "]";
    String header = "t=" + NOW + ",v1=" + mac(SECRET, NOW, body);
    assertThat(webhooks.events(header, bytes(body)))
        .extracting(WebhookEvent::id)
        .containsExactly("e1", "e2");
  }

  @Test
  void whileASecretIsReplacedEitherWillDo() throws Exception {
    String header = "t=" + NOW + ",v1=00,v2=x,v1=" + mac(SECRET, NOW, EVENT);
    assertThat(webhooks.isGenuine(header, bytes(EVENT))).isTrue();
    Webhooks both = Webhooks.of("tgw_new", SECRET).clock(clock(NOW));
    assertThat(both.isGenuine(header, bytes(EVENT))).isTrue();
  }

  @Test
  void anOldOrFutureCallIsARecording() throws Exception {
    String header = "t=" + NOW + ",v1=" + mac(SECRET, NOW, EVENT);
    for (long age : new long[] {-301, 301}) {
      assertThat(webhooks.clock(clock(NOW + age)).isGenuine(header, bytes(EVENT))).isFalse();
    }
    for (long age : new long[] {-300, 300}) {
      assertThat(webhooks.clock(clock(NOW + age)).isGenuine(header, bytes(EVENT))).isTrue();
    }
    Webhooks strict = webhooks.tolerance(Duration.ofSeconds(10)).clock(clock(NOW + 11));
    assertThat(strict.isGenuine(header, bytes(EVENT))).isFalse();
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    String mac = mac(SECRET, NOW, EVENT);
    String good = "t=" + NOW + ",v1=" + mac;
    assertThat(webhooks.isGenuine(good, bytes(EVENT + " "))).isFalse();
    for (String header :
        new String[] {
          null,
          "",
          "t=" + NOW,
          "v1=" + mac,
          "t=x,v1=" + mac,
          "t=,v1=" + mac,
          "t=-1,v1=" + mac,
          "t=" + (NOW + 1) + ",v1=" + mac,
          "t=" + NOW + ",v2=" + mac,
          "t=" + NOW + ",v1=",
          "t=9999999999999,v1=" + mac,
          "t=" + NOW + ",v1=" + mac.toUpperCase(java.util.Locale.ROOT)
        }) {
      assertThat(webhooks.isGenuine(header, bytes(EVENT))).as(header).isFalse();
    }
    assertThatThrownBy(() -> webhooks.events(null, bytes(EVENT)))
        .isInstanceOf(SecurityException.class);
  }

  @Test
  void aHookIsAnswered() {
    assertThat(HookDecision.allow().json()).isEqualTo("{\"decision\":\"allow\"}");
    assertThat(HookDecision.refuse("no links").json()).contains("\"reason\":\"no links\"");
    assertThat(HookDecision.connect("guest", null, 600L).json())
        .isEqualTo("{\"decision\":\"change\",\"clientId\":\"guest\",\"expiresInSeconds\":600}");
  }

  private static Clock clock(long seconds) {
    return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String mac(String secret, long time, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(bytes(time + "." + body)));
  }
}
