package io.tidegate.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go.
 *
 * @param traces the collector's address for them, OTLP over HTTP
 * @param headers what it wants to see, such as a credential
 * @param ratio of requests traced that come without a traced caller, 0 to 1
 */
public record Otlp(URI traces, Map<String, Secret> headers, double ratio) {
  private static final String ENDPOINT = "TIDEGATE_OTLP_ENDPOINT";
  private static final String HEADERS = "TIDEGATE_OTLP_HEADERS";
  private static final String RATIO = "TIDEGATE_TRACE_RATIO";

  /** One in a hundred: enough to see where time goes, nothing to a busy node. */
  private static final String DEFAULT_RATIO = "0.01";

  /** Null when nothing is to be traced. */
  static @Nullable Otlp read(Variables variables) {
    String endpoint = variables.get(ENDPOINT);
    String headers = variables.secret(HEADERS);
    String ratio =
        variables.checked(
            RATIO,
            DEFAULT_RATIO,
            text -> text.matches("0|1|[01]?\\.\\d{1,9}") && Double.parseDouble(text) <= 1,
            "is not a number from 0 to 1");
    if (endpoint == null) {
      if (headers != null || variables.get(RATIO) != null) {
        throw new SettingsException(
            (headers == null ? RATIO : HEADERS) + " is set without " + ENDPOINT);
      }
      return null;
    }
    return new Otlp(
        traces(endpoint), headers == null ? Map.of() : headers(headers), Double.parseDouble(ratio));
  }

  /** The path for traces goes behind the address's own, as OpenTelemetry's SDKs have it. */
  private static URI traces(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      // It is told in logs, so nothing secret may be in it.
      boolean plain =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (http && plain && uri.getHost() != null) {
        return URI.create(endpoint.replaceFirst("/+$", "") + "/v1/traces");
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new SettingsException(
        ENDPOINT + " is not the address of an OTLP collector: http://host:4318");
  }

  /** {@code name=value,name=value}, the values percent-encoded where they need it. */
  private static Map<String, Secret> headers(String text) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    HttpRequest.Builder probe = HttpRequest.newBuilder();
    for (String pair : text.split(",", -1)) {
      try {
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals).strip();
        String value = decode(pair.substring(equals + 1).strip());
        probe.header(name, value);
        headers.put(name, new Secret(value, Secret.Origin.GIVEN));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        // Without the cause: it may quote what is secret.
        throw new SettingsException(HEADERS + " is not name=value,name=value with good headers");
      }
    }
    return Map.copyOf(headers);
  }

  private static String decode(String value) {
    return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
