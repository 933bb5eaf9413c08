package io.tidegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code TIDEGATE_WEBHOOK_ALLOW} may name, and what of it stops the start. */
final class WebhookAllowTest {
  @Test
  void nothingIsNamedUnlessSomebodyDoes() {
    assertThat(WebhookAllow.read(new Variables(Map.of()))).isEqualTo(WebhookAllow.NOTHING);
    assertThat(WebhookAllow.parse(" ,, ")).isEqualTo(WebhookAllow.NOTHING);
  }

  @Test
  void rangesAddressesAndHostsAreNamedTogether() {
    WebhookAllow allow =
        WebhookAllow.parse("10.1.0.0/16, 192.168.7.9 fd00:1::/64,Hooks.Internal,receiver");

    assertThat(allow.names(address("10.1.255.255"))).isTrue();
    assertThat(allow.names(address("10.2.0.0"))).isFalse();
    assertThat(allow.names(address("192.168.7.9"))).isTrue();
    assertThat(allow.names(address("fd00:1::7"))).isTrue();
    assertThat(allow.hosts())
        .containsExactlyInAnyOrder(new HostName("hooks.internal"), new HostName("receiver"));
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(AddressRange.address(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.internal",
        "http://hooks.internal",
        "hooks.internal:8080",
        "hooks.internal/x",
        "hooks.internal.",
        "under_score",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.1:80",
        "256.0.0.1",
        "10.1",
        "2130706433",
        "0x7f.1",
        "::ffff:10.0.0.0/104",
        "fe80::1%eth0",
        "-a"
      })
  void whatIsNeitherStopsTheStart(String entry) {
    assertThatThrownBy(() -> WebhookAllow.parse("10.0.0.0/8," + entry))
        .isInstanceOf(SettingsException.class)
        .message()
        .startsWith("TIDEGATE_WEBHOOK_ALLOW: ")
        .contains(entry)
        .hasLineCount(1);
  }
}
