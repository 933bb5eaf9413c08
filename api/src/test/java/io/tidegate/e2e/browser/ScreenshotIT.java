package io.tidegate.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.ProcessTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo page shows live messages over both transports; pictures of it are kept to look at. */
@ProcessTest
final class ScreenshotIT {
  private static final Path PICTURES = Path.of("target", "screenshots");

  /** Resolves with the state of the pane that was cut. */
  private static final String CUT =
      """
      new Promise((cut) => {
        const pane = document.querySelector('%s');
        new MutationObserver(() => pane.dataset.state !== 'live' && cut(pane.dataset.state))
          .observe(pane, { attributes: true });
        pane.querySelector('[data-part=cut]').click();
      })""";

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @SuppressWarnings("NullAway.Init")
  private GatewayProcess gateway;

  @BeforeAll
  void start() {
    browser = Browser.start();
    gateway = GatewayProcess.start("demo", Map.of("TIDEGATE_DEMO", "true"));
  }

  @AfterAll
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void pageShowsWhatItPublishesOverBothTransports() throws IOException {
    Tab tab = open(1280, 900);
    publish(tab, "Good morning, harbour");
    awaitReceived(tab, 1);
    tab.evaluate("document.querySelector('#burst').click()");
    awaitReceived(tab, 21);

    String text = tab.text();
    assertThat(text).contains("Publish once, arrive everywhere, miss nothing");
    assertThat(text.split("Good morning, harbour", -1)).as("in both lists").hasSizeGreaterThan(2);
    assertThat(number(tab, "#all-gaps")).isZero();
    assertThat(number(tab, "#all-duplicates")).isZero();
    keep(tab, "demo.png");
  }

  @Test
  void cutLinesComeBackWithWhatWasMissed() throws IOException {
    Tab tab = open(1280, 900);
    int before = number(tab, "#websocket [data-part=received]");
    for (String pane : new String[] {"#websocket", "#sse"}) {
      // It comes back after 3 s: the page itself sees that it was away.
      assertThat(tab.evaluate(CUT.formatted(pane)).asText()).isNotEqualTo("live");
    }
    publish(tab, "While you were away");
    keep(tab, "demo-cut.png");
    awaitReceived(tab, before + 1);

    tab.awaitTrue(state("#websocket", "=== 'live'") + " && " + state("#sse", "=== 'live'"), "live");
    // The page writes its counters once per frame, so a moment after the state.
    for (String pane : new String[] {"#websocket", "#sse"}) {
      tab.awaitTrue(
          "Number(document.querySelector('%s [data-part=resumes]').textContent) > 0"
              .formatted(pane),
          pane + " counts its resume");
    }
    assertThat(number(tab, "#all-gaps")).isZero();
    assertThat(number(tab, "#all-duplicates")).isZero();
  }

  @Test
  void pageFitsAPhone() throws IOException {
    Tab tab = open(390, 844);
    publish(tab, "From a phone");
    tab.awaitTrue("document.body.innerText.includes('From a phone')", "the message");

    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .as("nothing to scroll sideways")
        .isLessThanOrEqualTo(390);
    keep(tab, "demo-phone.png");
  }

  private Tab open(int width, int height) {
    Tab tab = browser.open(gateway.uri("/demo"), width, height);
    tab.awaitTrue(state("#websocket", "=== 'live'") + " && " + state("#sse", "=== 'live'"), "live");
    return tab;
  }

  private static String state(String pane, String is) {
    return "document.querySelector('%s').dataset.state %s".formatted(pane, is);
  }

  private static void publish(Tab tab, String text) {
    tab.evaluate(
        "document.querySelector('#data').value = '%s'; document.querySelector('#send').click()"
            .formatted(text));
  }

  private static void awaitReceived(Tab tab, int count) {
    for (String pane : new String[] {"#websocket", "#sse"}) {
      tab.awaitTrue(
          "Number(document.querySelector('%s [data-part=received]').textContent) >= %d"
              .formatted(pane, count),
          count + " in " + pane);
    }
  }

  private static int number(Tab tab, String selector) {
    return tab.evaluate("Number(document.querySelector('%s').textContent)".formatted(selector))
        .asInt();
  }

  private static void keep(Tab tab, String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name), tab.screenshot());
  }
}
