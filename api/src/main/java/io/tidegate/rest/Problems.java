package io.tidegate.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.tidegate.problem.ProblemJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusalCounts;
import io.tidegate.problem.RefusedException;

/** A refusal as an answer of Micronaut's. */
final class Problems {
  private static final MediaType PROBLEM_JSON = MediaType.of(ProblemJson.MEDIA_TYPE);

  private Problems() {}

  static MutableHttpResponse<byte[]> answer(HttpRequest<?> request, RefusedException refused) {
    RefusalCounts.count(refused.refusal());
    MutableHttpResponse<byte[]> response =
        HttpResponse.status(refused.refusal().httpStatus(), refused.refusal().title());
    int retryAfter = ProblemJson.retryAfterSeconds(refused);
    if (retryAfter > 0) {
      response.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
    }
    if (request.getMethod() != HttpMethod.HEAD) {
      response.contentType(PROBLEM_JSON);
      response.body(ProblemJson.render(refused, RequestIds.of(request)));
    }
    if (refused.refusal() == Refusal.ORIGIN_REFUSED) {
      AnswerHeaders.refuseOrigin(request);
    }
    AnswerHeaders.set(request, response);
    return response;
  }
}
