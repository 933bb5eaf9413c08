package io.tidegate.demo;

import io.tidegate.settings.Secret;
import io.tidegate.settings.Settings;
import java.util.Locale;
import java.util.Optional;

/**
 * What a start tells the person who made it. Shows only secrets that were made here.
 *
 * @param link the text of a link that signs in to the console once
 */
public record Banner(
    Settings settings,
    String version,
    int port,
    int managementPort,
    Optional<DemoKey> demo,
    Optional<String> link) {

  public String text(long startMillis) {
    String scheme = settings.tls() == null ? "http" : "https";
    String gateway = url(scheme, settings.host(), port);
    String management = url("http", settings.managementHost(), managementPort);
    StringBuilder text = new StringBuilder("\n");
    line(text, "  Tidegate %s is up after %.1f s", version, startMillis / 1_000.0);
    line(text, "");
    line(text, "    gateway         %s", gateway);
    if (demo.isPresent()) {
      line(text, "    live demo       %s/demo", gateway);
    }
    line(text, "    contract        %s/openapi.yaml", gateway);
    line(text, "    management      %s/health/ready  %s/metrics", management, management);
    line(text, "");
    if (settings.operatorToken().origin() != Secret.Origin.GIVEN) {
      line(text, "    operator token  %s", settings.operatorToken().text());
    }
    link.ifPresent(
        one -> {
          line(text, "    console         %s/console/sign-in#link=%s", gateway, one);
          line(text, "                    (signs you in as the operator: once, within 10 minutes)");
        });
    demo.ifPresent(key -> line(text, "    demo key        %s", key.credential()));
    if (settings.embedsDatabase()) {
      line(text, "    data, secrets   %s  (back it up as a whole)", settings.data());
    }
    demo.ifPresent(key -> tryIt(text, gateway, key.credential()));
    return text.append('\n').toString();
  }

  private static void tryIt(StringBuilder text, String gateway, String key) {
    String json = "-H 'Content-Type: application/json'";
    line(text, "");
    line(text, "  Listen to a channel (leave it open):");
    line(text, "    curl -N -u '%s' '%s/v1/sse?channel=demo:hello'", key, gateway);
    line(text, "  Publish to it from another terminal:");
    line(
        text,
        "    curl -u '%s' %s -d '{\"data\":\"Hello, tide\"}' '%s/v1/channels/demo:hello/messages'",
        key,
        json,
        gateway);
    line(text, "  Make a token for a browser or an app:");
    line(
        text,
        "    curl -u '%s' %s -d '{\"clientId\":\"ada\",\"capabilities\":{\"demo:*\":"
            + "[\"publish\",\"subscribe\"]}}' '%s/v1/tokens'",
        key,
        json,
        gateway);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Every address is reached by the loopback one from here. */
  private static String url(String scheme, String host, int port) {
    String shown =
        switch (host) {
          case "0.0.0.0", "::" -> "127.0.0.1";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return scheme + "://" + shown + ":" + port;
  }
}
