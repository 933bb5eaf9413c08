package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A refusal thrown anywhere in a request is its answer. */
@Singleton
final class RefusedHandler implements ExceptionHandler<RefusedException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedHandler.class);

  private final RefusalMeter meter;

  RefusedHandler(RefusalMeter meter) {
    this.meter = meter;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, RefusedException refused) {
    HttpRequest<?> asked = request;
    if (refused.getCause() != null) {
      LOG.warn("Request {}: {}", RequestIds.of(asked), refused.refusal(), refused.getCause());
    }
    meter.count(asked, refused);
    return Problems.answer(asked, refused);
  }
}
