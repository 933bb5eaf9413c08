package io.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoPageTest {
  private static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'";

  /** A file that a page or a script of ours asks for. */
  private static final Pattern NAMED =
      Pattern.compile("(?:src=\"demo/|href=\"demo/|from '\\./)([a-z]+\\.[a-z]+)");

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway = TestGateway.start("demo_page", Map.of("TIDEGATE_DEMO", "true"));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void everyFileThatThePageNeedsIsServedUnderItsPolicy() {
    assertThat(files())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            (path, answer) -> {
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.headers().firstValue("Content-Type"))
                  .hasValueSatisfying(type -> assertThat(type).startsWith(typeOf(path)));
              assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue(POLICY);
              assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
              assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            });
  }

  @Test
  void thePageHasNothingThatItsPolicyForbids() {
    assertThat(files())
        .allSatisfy(
            (path, answer) -> {
              String text = answer.body().replace("http://www.w3.org/2000/svg", "");
              assertThat(text).doesNotContainPattern("https?://");
              assertThat(text).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
              if (typeOf(path).equals("text/html")) {
                assertThat(text)
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=");
              }
            });
  }

  @Test
  void whatTheBrowserHasAlreadyIsNotSentAgain() {
    String tag = get("/demo/demo.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get("/demo/demo.js", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/demo/absent.js",
        "/demo/demo.txt",
        "/demo/DemoPage.class",
        "/demo/..%2Fapplication.yml",
        "/demo/%2E%2E%2Fapplication.yml",
        "/demo/token"
      })
  void nothingElseOfTheProgramIsServed(String path) {
    assertAbsent(get(path));
  }

  @Test
  void browserAtTheRootIsSentToThePage() {
    HttpResponse<String> answer = get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/demo");
    assertAbsent(get("/", "Accept", "application/json"));
  }

  @Test
  void withoutADemoThereIsNoneOfIt() {
    try (TestGateway off = TestGateway.start("demo_off", Map.of("TIDEGATE_DEMO", "false"))) {
      for (String path : new String[] {"/demo", "/demo/demo.js"}) {
        assertAbsent(off.send(off.request("GET", path, "").header("Accept", "text/html").build()));
      }
      assertAbsent(
          off.send(
              off.request("POST", "/demo/token", "{}")
                  .header("Sec-Fetch-Site", "same-origin")
                  .build()));
    }
  }

  /** The page and all that it asks for, scripts of scripts included. */
  private Map<String, HttpResponse<String>> files() {
    Map<String, HttpResponse<String>> found = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>();
    open.add("/demo");
    while (!open.isEmpty()) {
      String path = open.remove();
      if (!found.containsKey(path)) {
        HttpResponse<String> answer = get(path);
        found.put(path, answer);
        NAMED.matcher(answer.body()).results().forEach(name -> open.add("/demo/" + name.group(1)));
      }
    }
    return found;
  }

  private HttpResponse<String> get(String path, String... headers) {
    var request = gateway.request("GET", path, "");
    return gateway.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private static String typeOf(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      case "svg" -> "image/svg+xml";
      default -> "text/html";
    };
  }

  private static void assertAbsent(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"code\":40400");
  }
}
