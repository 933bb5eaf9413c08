package io.tidegate.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.contract.Route;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.WireTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page elsewhere can do with ours: not show it, not read it, not guess what is in it. */
@WireTest
final class NoPageFramesAnythingTest {
  private final Target target = SharedGateway.target();
  private final Visitor nobody = new Visitor(target, "", "");

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/console/sign-in", "/console/apps/1/keys", "/docs", "/demo"})
  void everyPageIsShownInNoFrameAndRunsNothingInline(String path) {
    HttpResponse<String> page = nobody.send("GET", path, null, Map.of());
    if (page.statusCode() == 404) {
      // Not in this program, or not shown here: then it is no page.
      assertThat(contentType(page)).doesNotContain("html");
      return;
    }
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
    String scripts = directive(policy, "script-src");
    assertThat(scripts)
        .contains("'self'")
        .doesNotContain("unsafe")
        .doesNotContain("*")
        .doesNotContain("http");
    assertThat(page.body())
        .doesNotContainIgnoringCase("onload=")
        .doesNotContainIgnoringCase("onclick=");
  }

  /** Clickjacking needs a page: the API answers none, whatever it is asked. */
  @Test
  void everyOtherAnswerIsNoPageAndIsTakenForWhatItSays() {
    for (Route route : Judge.routes()) {
      if (route.management()
          || !route.path().startsWith("/v1/")
          || route.credentials().contains("ticket")) {
        continue;
      }
      String path = route.path().replaceAll("\\{[^}]+}", "%3Cscript%3E");
      HttpResponse<String> answer =
          nobody.send(route.method(), path, null, Map.of("Accept", "text/html"));
      assertThat(contentType(answer)).as(route.operationId()).doesNotContain("html");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().allValues("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  @Test
  void nobodyIsSentElsewhere() {
    for (String next : List.of("//evil.example", "https://evil.example", "/\\evil.example")) {
      HttpResponse<String> page =
          nobody.send(
              "GET",
              "/console/sign-in?next="
                  + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8),
              null,
              Map.of());
      assertThat(page.headers().firstValue("Location")).isEmpty();
      assertThat(page.body()).doesNotContain("evil");
    }
  }

  private static String contentType(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  private static String directive(String policy, String name) {
    return List.of(policy.split("; *")).stream()
        .filter(one -> one.startsWith(name + " "))
        .findFirst()
        .orElse("");
  }
}
