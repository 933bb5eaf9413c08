package io.tidegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /console} over HTTP, with a stand-in for the app. */
final class ConsoleIsServedTest {
  private static final String SCRIPT = "/console/assets/app-1a2b3c.js";
  private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    gateway = TestGateway.start("console_served", Map.of("TIDEGATE_DEMO", "false"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = gateway.request("GET", path, "");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gateway.send(request.build());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console",
        "/console/",
        "/console/sign-in",
        "/console/apps/482913/channels/chat%3Aroom-7",
        "/console/apps/482913/channels/a%2Fb.js",
        "/console/apps/482913/channels/%5Bmeta%5Dlog?tab=history",
        "/console/index.html"
      })
  void everyPageIsTheOnePageWithANonceOfItsOwn(String path) {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).doesNotContain(PagePolicy.PLACEHOLDER);
    Set<String> nonces = new HashSet<>();
    Matcher places = NONCE.matcher(answer.body());
    while (places.find()) {
      nonces.add(places.group(1));
    }
    assertThat(nonces).hasSize(1);
    String nonce = nonces.iterator().next();
    assertThat(nonce).hasSizeGreaterThanOrEqualTo(22);
    assertThat(header(answer, "Content-Security-Policy"))
        .contains("script-src 'self' 'nonce-" + nonce + "'")
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .contains("base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(get(path).body()).doesNotContain(nonce);
  }

  @Test
  void pageIsKeptFromOtherPages() {
    HttpResponse<String> answer = get("/console");

    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void assetsAreKeptForEverAndPackedAsTheClientReadsThem() {
    HttpResponse<String> plain = get(SCRIPT);
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.body()).contains("stand-in");
    assertThat(header(plain, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(plain, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(plain, "Content-Encoding")).isEmpty();

    HttpResponse<String> brotli = get(SCRIPT, "Accept-Encoding", "gzip, deflate, br, zstd");
    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(header(brotli, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    HttpResponse<String> gzip = get(SCRIPT, "Accept-Encoding", "br;q=0, gzip;q=0.5");
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(Set.of(header(plain, "ETag"), header(brotli, "ETag"), header(gzip, "ETag")))
        .hasSize(3);
  }

  @Test
  void whoHasAnAssetIsNotSentItAgain() {
    String etag = header(get(SCRIPT), "ETag");

    HttpResponse<String> again = get(SCRIPT, "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(etag);
  }

  @Test
  void filesBesideThePageAreAskedForAnew() {
    HttpResponse<String> answer = get("/console/favicon.svg");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/assets/gone-9z9z9z.js",
        "/console/assets/app-1a2b3c.js.gz",
        "/console/assets/..%2F..%2Flogback.xml",
        "/console/assets/%2e%2e/%2e%2e/application.yml"
      })
  void whatIsNoAssetIsNotFound(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("micronaut:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/console/apps/482913", SCRIPT})
  void headIsAnsweredAsGetWithoutItsBody(String path) throws IOException, InterruptedException {
    HttpRequest head =
        HttpRequest.newBuilder(gateway.uri(path))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "Content-Type")).isEqualTo(header(get(path), "Content-Type"));
  }

  @Test
  void nothingIsChangedThere() {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      HttpResponse<String> answer = gateway.send(gateway.request(method, "/console/x", "").build());
      assertThat(answer.statusCode()).isEqualTo(405);
    }
  }

  @Test
  void browserAtTheRootIsSentToTheConsoleWhereThereIsNoDemo() throws Exception {
    HttpResponse<String> page = get("/", "Accept", "text/html");

    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(header(page, "Location")).isEqualTo("/console");
    assertThat(get("/", "Accept", "application/json").statusCode()).isEqualTo(404);
  }
}
