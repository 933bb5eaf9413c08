package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.tidegate.limit.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} headers of an answer
 * (draft-ietf-httpapi-ratelimit-headers-10): how the rates that a request counted for stand when it
 * is answered. A rate that is unlimited has none.
 */
public final class RateHeaders {
  private static final String ATTRIBUTE = "tidegate.rates";

  private RateHeaders() {}

  /**
   * The answer to this request tells of these rates.
   *
   * @param standings asked when it is written; does not wait
   */
  public static void tell(
      HttpRequest<?> request, Supplier<? extends Collection<Standing>> standings) {
    told(request).add(standings);
  }

  static void set(HttpRequest<?> request, MutableHttpHeaders headers) {
    List<Standing> standings = new ArrayList<>();
    told(request).forEach(one -> standings.addAll(one.get()));
    if (!standings.isEmpty()) {
      headers.set(
          "RateLimit-Policy",
          standings.stream()
              .map(s -> "\"%s\";q=%d;w=%d".formatted(s.policy(), s.quota(), s.windowSeconds()))
              .collect(Collectors.joining(", ")));
      headers.set(
          "RateLimit",
          standings.stream()
              .map(s -> "\"%s\";r=%d;t=%d".formatted(s.policy(), s.left(), s.fullInSeconds()))
              .collect(Collectors.joining(", ")));
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Supplier<? extends Collection<Standing>>> told(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, List.class)
        .orElseGet(
            () -> {
              List<Supplier<? extends Collection<Standing>>> none = new ArrayList<>(2);
              request.setAttribute(ATTRIBUTE, none);
              return none;
            });
  }
}
