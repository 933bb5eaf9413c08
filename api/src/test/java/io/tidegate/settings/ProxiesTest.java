package io.tidegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxies are trusted, and what of the settings stops the start. */
final class ProxiesTest {
  private static Proxies trusting(String ranges) {
    return Proxies.read(new Variables(Map.of("TIDEGATE_TRUSTED_PROXIES", ranges)));
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(AddressRange.address(text));
  }

  @Test
  void nobodyIsTrustedUnlessNamed() {
    Proxies none = Proxies.read(new Variables(Map.of()));

    assertThat(none.trust(address("127.0.0.1"))).isFalse();
    assertThat(none.protocol()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:db8::/33, 2001:db8:8000::, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "'192.0.2.1, 10.0.0.0/8 ::1', ::1, true"
  })
  void rangesHoldTheirAddresses(String ranges, String address, boolean inside) {
    assertThat(trusting(ranges).trust(address(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.1/8",
        "256.0.0.1",
        "1.2.3",
        "::1/129",
        "fd00::1/8",
        "all"
      })
  void whatIsNoRangeStopsTheStart(String ranges) {
    assertThatThrownBy(() -> trusting(ranges))
        .isInstanceOf(SettingsException.class)
        .message()
        .startsWith("TIDEGATE_TRUSTED_PROXIES: ")
        .contains(ranges)
        .hasLineCount(1);
  }

  @Test
  void theProxyProtocolNeedsAProxy() {
    Variables variables = new Variables(Map.of("TIDEGATE_PROXY_PROTOCOL", "true"));

    assertThatThrownBy(() -> Proxies.read(variables))
        .hasMessage("TIDEGATE_PROXY_PROTOCOL is on, but TIDEGATE_TRUSTED_PROXIES names no proxy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIDEGATE_TLS_CERT", "TIDEGATE_TLS_KEY"})
  void certificateAndKeyGoTogether(String one) {
    Variables variables = new Variables(Map.of(one, "/etc/x.pem"));

    assertThatThrownBy(() -> TlsFiles.read(variables))
        .isInstanceOf(SettingsException.class)
        .hasMessage("TIDEGATE_TLS_CERT and TIDEGATE_TLS_KEY go together: set both or none");
  }
}
