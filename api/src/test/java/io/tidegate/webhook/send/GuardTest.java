package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.settings.AddressRange;
import io.tidegate.settings.SettingsException;
import io.tidegate.settings.WebhookAllow;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses webhooks reach, and what whoever runs the gateway can open. */
final class GuardTest {
  private static final String EVERYTHING = "0.0.0.0/0 ::/0 hooks.example";

  private static void ensure(String allow, String url, String... addresses) throws Exception {
    new Guard(WebhookAllow.parse(allow)).ensureMayBeCalled(Target.of(url), all(addresses));
  }

  private static List<InetAddress> all(String... addresses) {
    return Arrays.stream(addresses)
        .map(text -> Objects.requireNonNull(AddressRange.address(text), text))
        .toList();
  }

  private static Barrier barrier(String allow, String url, String... addresses) {
    return catchThrowableOfType(ForbiddenTarget.class, () -> ensure(allow, url, addresses))
        .barrier();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00::1",
        "2003::1"
      })
  void publicAddressesAreCalledOverHttps(String address) {
    assertThatCode(() -> ensure("", "https://hooks.example/", address)).doesNotThrowAnyException();
    assertThat(barrier("", "http://hooks.example/", address)).isEqualTo(Barrier.SCHEME_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.255.255.254", "::1", "10.0.0.0", "10.255.255.255", "172.16.0.1",
        "172.31.255.255", "192.168.0.1", "100.64.0.0", "100.127.255.255", "fc00::1", "fdff::1"
      })
  void privateAddressesAreCalledOnlyWhereTheyAreNamed(String address) {
    for (String url : List.of("https://hooks.example/", "http://hooks.example/")) {
      assertThat(barrier("", url, address)).isEqualTo(Barrier.ADDRESS_PRIVATE);
      assertThat(barrier("10.77.0.0/16 other.example", url, address))
          .isEqualTo(Barrier.ADDRESS_PRIVATE);
      assertThatCode(() -> ensure(address, url, address)).doesNotThrowAnyException();
      assertThatCode(() -> ensure("hooks.example", url, address)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "169.254.170.2",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fd00:42::42",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "64:ff9b::808:808",
        "2002:a00:1::",
        "2002:808:808::1",
        "2001::1",
        "2001:0:4136:e378::",
        "2001:2::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
        "4000::1",
        "::a00:1"
      })
  void whatIsReservedIsNeverCalledWhateverIsNamed(String address) {
    for (String allow : List.of("", EVERYTHING)) {
      assertThat(barrier(allow, "https://hooks.example/", address))
          .isEqualTo(Barrier.ADDRESS_RESERVED);
    }
  }

  @Test
  void everyAddressOfAHostCounts() {
    assertThat(barrier("", "https://hooks.example/", "8.8.8.8", "10.0.0.1"))
        .isEqualTo(Barrier.ADDRESS_PRIVATE);
    assertThat(barrier("", "https://hooks.example/", "8.8.8.8", "2606:4700::1", "fe80::1"))
        .isEqualTo(Barrier.ADDRESS_RESERVED);
    assertThat(barrier("10.0.0.0/8", "http://hooks.example/", "10.0.0.1", "8.8.8.8"))
        .isEqualTo(Barrier.SCHEME_REFUSED);
  }

  @Test
  void noAddressOfANameIsTold() {
    ForbiddenTarget refused =
        catchThrowableOfType(
            ForbiddenTarget.class, () -> ensure("", "https://hooks.example/", "10.11.12.13"));

    assertThat(refused.reason()).doesNotContain("10.11");
  }

  @Test
  void whatNeedsNoLookUpIsToldBefore() throws Exception {
    Guard none = new Guard(WebhookAllow.NOTHING);

    assertThatCode(() -> none.ensureMayBeNamed(Target.of("https://hooks.example/")))
        .doesNotThrowAnyException();
    for (String url : List.of("http://hooks.example/", "https://10.0.0.1/", "https://[::1]/")) {
      Target target = Target.of(url);
      assertThatThrownBy(() -> none.ensureMayBeNamed(target)).isInstanceOf(ForbiddenTarget.class);
    }
    assertThatCode(
            () ->
                new Guard(WebhookAllow.parse("receiver"))
                    .ensureMayBeNamed(Target.of("http://receiver:8080/in")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "169.254.0.0/16, link-local",
    "169.254.169.254, link-local",
    "203.0.113.0/24, documentation",
    "224.0.0.0/8, multicast",
    "fe80::/10, IPv6",
    "fe00::/8, IPv6",
    "64:ff9b::/96, IPv6",
    "fd00:ec2::/64, metadata"
  })
  void aRangeInWhichNothingCanBeOpenedStopsTheStart(String range, String what) {
    assertThatThrownBy(() -> Guard.check(WebhookAllow.parse(range)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("TIDEGATE_WEBHOOK_ALLOW: ")
        .hasMessageContaining(what)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0", "fc00::/7", "f000::/4", "::/64", "8.8.8.0/24"})
  void aRangeWithSomethingToOpenIsGood(String range) {
    assertThatCode(() -> Guard.check(WebhookAllow.parse(range))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, true",
    "127.0.0.2, true",
    "0.0.0.0/0, true",
    "::1, true",
    "::/0, true",
    "localhost, true",
    "10.0.0.0/8 hooks.internal, false",
    "'', false"
  })
  void whetherTheGatewaysOwnMachineIsOpenIsKnown(String allow, boolean open) {
    assertThat(new Guard(WebhookAllow.parse(allow)).opensLoopback()).isEqualTo(open);
  }
}
