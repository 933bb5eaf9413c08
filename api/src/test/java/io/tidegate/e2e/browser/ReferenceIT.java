package io.tidegate.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.ProcessTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The reference at /docs is the contract that the gateway serves, and runs no script of another
 * host.
 */
@ProcessTest
final class ReferenceIT {
  private static final Path PICTURES = Path.of("target", "screenshots");

  /** Whether a heading with this text is to be seen, below the page's own links. */
  private static final String IN_VIEW =
      """
      [...document.querySelectorAll('h1, h2')].some((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        const links = document.querySelector('nav').getBoundingClientRect();
        return one.textContent.trim() === '%s' && top >= links.bottom && bottom <= innerHeight
            && links.top === 0;
      })""";

  private static final String PATHS =
      "performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)";

  /** What the page would load from another host, or the policy keeps it from loading. */
  private static final String FOREIGN =
      """
      [...document.querySelectorAll('img, script, link, iframe')].map((one) => one.src || one.href)
        .filter((url) => url && !url.startsWith(location.origin) && !url.startsWith('data:')).join()""";

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @BeforeAll
  void start() {
    gateway = GatewayProcess.start("reference", Map.of());
  }

  @AfterAll
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void browserShowsWhatALinkNamesOfThisGatewaysContract() throws IOException {
    try (Browser browser = Browser.start()) {
      Tab tag = browser.open(gateway.uri("/docs#tag/webhooks"), 1280, 900);
      tag.awaitTrue(IN_VIEW.formatted("webhooks"), "the tag that the link names is in view");
      URI link = gateway.uri("/docs#tag/messages/operation/publishBatch");
      Tab tab = browser.open(link, 1280, 900);
      tab.awaitTrue(IN_VIEW.formatted("Publish to many channels"), "so is an operation");

      assertThat(tab.text()).contains("/v1/messages", "403", "Names are camelCase");
      assertThat(tab.evaluate(PATHS + ".includes('/openapi.yaml')").asBoolean())
          .as("the contract was read from the gateway")
          .isTrue();
      assertThat(tab.evaluate(FOREIGN).asText()).as("asked for elsewhere").isEmpty();
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve("docs.png"), tab.screenshot());
    }
  }

  @Test
  void pageAllowsScriptsOfItsOwnOriginAloneAndIsKnownByItsTag() throws Exception {
    HttpResponse<String> page = get("/docs", "none");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
    assertThat(page.body()).doesNotContain("http:", "https:");

    for (String file :
        new String[] {
          "/docs", "/docs/docs.js", "/docs/docs.css", "/docs/redoc.js", "/docs/icon.svg"
        }) {
      String tag = get(file, "none").headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = get(file, tag);
      assertThat(again.statusCode()).as(file).isEqualTo(304);
      assertThat(again.body()).as(file).isEmpty();
    }
  }

  private HttpResponse<String> get(String path, String tag) throws Exception {
    URI uri = gateway.uri(path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).header("If-None-Match", tag).build(),
          BodyHandlers.ofString());
    }
  }
}
