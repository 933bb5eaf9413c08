package io.tidegate.contract;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer, as they went over the wire.
 *
 * @param target raw path, with the query if there was one
 * @param requestBody null when there was none
 * @param responseBody empty when there was none; for a stream, what has come so far
 */
public record Exchange(
    String method,
    String target,
    Map<String, List<String>> requestHeaders,
    @Nullable String requestBody,
    int status,
    Map<String, List<String>> responseHeaders,
    String responseBody) {

  public static Exchange of(HttpResponse<String> response, @Nullable String requestBody) {
    var request = response.request();
    String query = request.uri().getRawQuery();
    return new Exchange(
        request.method(),
        request.uri().getRawPath() + (query == null ? "" : "?" + query),
        request.headers().map(),
        requestBody,
        response.statusCode(),
        response.headers().map(),
        response.body());
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** The first value of the header, by its name in any case. */
  static Optional<String> header(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()))
        .flatMap(header -> header.getValue().stream())
        .findFirst();
  }

  /** The media type without its parameters, empty when there is none. */
  static String mediaType(Map<String, List<String>> headers) {
    return header(headers, "Content-Type").orElse("").split(";", 2)[0].trim();
  }
}
