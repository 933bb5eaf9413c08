package io.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The addresses that a start tells. */
@SuppressWarnings("NullAway.Init")
final class BannerTest {
  @TempDir private Path data;

  @Test
  void withACertificateTheGatewayIsReachedByHttps() {
    String text =
        text(Map.of("TIDEGATE_TLS_CERT", "/tls/cert.pem", "TIDEGATE_TLS_KEY", "/tls/key.pem"));

    assertThat(text)
        .contains("https://127.0.0.1:8443/v1/sse", "https://127.0.0.1:8443/demo")
        .contains("http://127.0.0.1:8081/health/ready")
        .doesNotContain("http://127.0.0.1:8443");
  }

  @Test
  void withoutOneByHttp() {
    assertThat(text(Map.of())).contains("http://127.0.0.1:8443/v1/sse").doesNotContain("https");
  }

  @Test
  void theLinkThatSignsInIsShownWhereThereIsOne() {
    assertThat(text(Map.of(), Optional.of("tgl_x")))
        .contains("http://127.0.0.1:8443/console/sign-in#link=tgl_x\n");
    assertThat(text(Map.of())).doesNotContain("/console/sign-in");
  }

  private String text(Map<String, String> tls) {
    return text(tls, Optional.empty());
  }

  private String text(Map<String, String> tls, Optional<String> link) {
    Map<String, String> all = new java.util.HashMap<>(tls);
    all.put("TIDEGATE_DATA", data.toString());
    Settings settings = Settings.read(all);
    DemoKey key = DemoKey.parse("1.k1:secret");
    return new Banner(settings, "1", 8443, 8081, Optional.ofNullable(key), link).text(1);
  }
}
