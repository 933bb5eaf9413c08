package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.tidegate.problem.RequestId;

/**
 * The id of a request of Micronaut's: made or accepted once, then the same for all who ask; other
 * edges find it in the request's attribute {@code requestId}.
 */
public final class RequestIds {
  private static final String ATTRIBUTE = "requestId";

  private RequestIds() {}

  public static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              String id = RequestId.acceptOrMake(request.getHeaders().get(RequestId.HEADER));
              request.setAttribute(ATTRIBUTE, id);
              return id;
            });
  }
}
