package io.tidegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.demo.DemoKey;
import io.tidegate.json.StrictJson;
import io.tidegate.settings.SettingsException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private static final Map<String, String> DEMO = Map.of("TIDEGATE_DEMO", "true");

  @Test
  void whatWasAnsweredIsStillThereAfterARestart() {
    String tenant;
    String answer;
    try (TestGateway first = TestGateway.start("restart_test")) {
      tenant = text(operator(first, "POST", "/v1/tenants", "{\"name\":\"Acme\"}"), "id");
      answer =
          operator(first, "POST", "/v1/tenants/" + tenant + "/apps", "{\"name\":\"a\"}").body();
    }

    try (TestGateway second = TestGateway.over("restart_test", Map.of())) {
      assertThat(operator(second, "GET", "/v1/tenants/" + tenant, "").statusCode()).isEqualTo(200);
      assertThat(
              operator(second, "POST", "/v1/tenants/" + tenant + "/apps", "{\"name\":\"a\"}")
                  .body())
          .as("the same Idempotency-Key after a restart")
          .isEqualTo(answer);
    }
  }

  @Test
  void theDemoIsMadeOnceAndItsKeyStaysTheSame(@TempDir Path data) throws Exception {
    Map<String, String> environment =
        Map.of("TIDEGATE_DEMO", "true", "TIDEGATE_DATA", data.toString());
    DemoKey key;
    try (TestGateway first = TestGateway.start("restart_demo_test", environment)) {
      key = first.gateway().demo().orElseThrow();
    }

    try (TestGateway second = TestGateway.over("restart_demo_test", environment)) {
      assertThat(second.gateway().demo()).contains(key);
      HttpResponse<String> tenants = operator(second, "GET", "/v1/tenants", "");
      assertThat(StrictJson.parseObject(tenants.body()).get("items")).asList().hasSize(1);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("secrets/demo-key"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theBannerSaysHowToBeginAndWhatItSaysWorks() {
    try (TestGateway gateway = TestGateway.start("banner_test", DEMO)) {
      DemoKey key = gateway.gateway().demo().orElseThrow();
      String banner = gateway.gateway().banner().text(1234);

      assertThat(banner)
          .contains("is up after 1.2 s")
          .contains("http://127.0.0.1:" + gateway.gateway().port() + "/demo")
          .contains("-u '" + key.credential() + "'")
          .as("a secret that was given is not shown")
          .doesNotContain(TestContext.OPERATOR_TOKEN);
      for (String path : new String[] {"/v1/tokens", "/v1/channels/demo:hello/messages"}) {
        String line = banner.lines().filter(l -> l.contains(path)).findFirst().orElseThrow();
        String body = line.substring(line.indexOf("-d '") + 4, line.lastIndexOf("' '"));
        String basic =
            Base64.getEncoder().encodeToString(key.credential().getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
            gateway.request("POST", path, body).header("Authorization", "Basic " + basic).build();
        assertThat(gateway.send(request).statusCode()).as(line).isEqualTo(201);
      }
    }
  }

  @Test
  void anotherMasterKeyStopsTheStartInsteadOfRefusingEveryone() {
    TestGateway.start("master_key_test").close();

    String other = TestContext.MASTER_KEY.replace('1', '7');
    assertThatThrownBy(
            () -> TestGateway.over("master_key_test", Map.of("TIDEGATE_MASTER_KEY", other)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("TIDEGATE_MASTER_KEY")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aPortThatIsTakenStopsTheStartWithOneLine() {
    try (TestGateway gateway = TestGateway.start("port_test")) {
      String port = Integer.toString(gateway.gateway().port());
      assertThatThrownBy(() -> TestGateway.over("port_test", Map.of("TIDEGATE_PORT", port)))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("TIDEGATE_PORT: cannot listen on 127.0.0.1:" + port);
    }
  }

  private static HttpResponse<String> operator(
      TestGateway gateway, String method, String path, String body) {
    return gateway.send(
        gateway
            .request(method, path, body)
            .header("Authorization", "Bearer " + TestContext.OPERATOR_TOKEN)
            .header("Idempotency-Key", "once-" + path)
            .build());
  }

  private static String text(HttpResponse<String> response, String field) {
    return String.valueOf(StrictJson.parseObject(response.body()).get(field));
  }
}
