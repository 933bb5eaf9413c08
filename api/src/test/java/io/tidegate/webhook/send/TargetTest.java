package io.tidegate.webhook.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How URLs of webhooks are read: in one way, or not at all. */
final class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example, hooks.example, 443, /",
    "HTTPS://Hooks.Example/a/b?c=d%20e, hooks.example, 443, /a/b?c=d%20e",
    "https://hooks.example:8443/, hooks.example:8443, 8443, /",
    "https://hooks.example:443?x, hooks.example, 443, /?x",
    "http://receiver/in, receiver, 80, /in",
    "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443, /",
    "https://8.8.8.8/, 8.8.8.8, 443, /",
    "https://[2606:4700::1111]:8443/, [2606:4700:0:0:0:0:0:1111]:8443, 8443, /"
  })
  void aUrlIsReadWhole(String url, String authority, int port, String path) throws Exception {
    Target target = Target.of(url);

    assertThat(target.authority()).isEqualTo(authority);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.path()).isEqualTo(path);
    assertThat(target.secure()).isEqualTo(url.toLowerCase(Locale.ROOT).contains("https"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', url-invalid",
    "'https://hooks.example/a b', url-invalid",
    "'https://hooks.example/\n', url-invalid",
    "https://hooks.example/ä, url-invalid",
    "https://hooks.example/#part, url-invalid",
    "https://hooks.example\\@10.0.0.1/, url-invalid",
    "ftp://hooks.example/, scheme-refused",
    "//hooks.example/, scheme-refused",
    "hooks.example/in, scheme-refused",
    "javascript:alert(1), scheme-refused",
    "https://me:secret@hooks.example/, credentials-in-url",
    "https://@hooks.example/, credentials-in-url",
    "https://hooks.example@10.0.0.1/, credentials-in-url",
    "https:///in, host-invalid",
    "https:hooks.example, host-invalid",
    "https://hooks.example./, host-invalid",
    "https://-hooks.example/, host-invalid",
    "https://hooks..example/, host-invalid",
    "https://hooks_1.example/, host-invalid",
    "https://%31%30.0.0.1/, host-invalid",
    "https://[fe80::1%25eth0]/, host-invalid",
    "https://[::ffff:8.8.8.8]/, host-invalid",
    "https://8.8.8.8./, host-invalid",
    "https://08.8.8.8/, host-invalid",
    "https://134744072/, host-invalid",
    "https://0x8080808/, host-invalid",
    "https://8.8.2056/, host-invalid",
    "https://hooks.example:22/, port-refused",
    "https://hooks.example:80/, port-refused",
    "http://hooks.example:443/, port-refused",
    "https://hooks.example:0/, port-refused",
    "https://hooks.example:65536/, port-refused"
  })
  void whatTwoReadersCouldTakeForTwoPlacesIsNone(String url, String slug) {
    assertThat(refusal(url).barrier().slug()).isEqualTo(slug);
    assertThat(refusal(url).reason()).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_048, 2_049})
  void aUrlHasABound(int length) throws Exception {
    String url = "https://hooks.example/" + "a".repeat(length - 22);

    if (length <= 2_048) {
      assertThat(Target.of(url).path()).hasSize(length - 21);
    } else {
      assertThat(refusal(url).barrier()).isEqualTo(Barrier.URL_INVALID);
    }
  }

  @Test
  void whatTheReceiverMayKeepSecretIsNotPrinted() throws Exception {
    assertThat(Target.of("https://hooks.example:8443/canary?token=canary"))
        .hasToString("https://hooks.example:8443");
  }

  private static ForbiddenTarget refusal(String url) {
    return catchThrowableOfType(ForbiddenTarget.class, () -> Target.of(url));
  }
}
