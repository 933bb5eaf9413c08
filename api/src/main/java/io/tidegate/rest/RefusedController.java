package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.tidegate.problem.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refusal thrown anywhere in a request is its answer. Not an {@code ExceptionHandler}: for those
 * the framework looks through all beans each time, and refusing would cost more than doing.
 */
@Controller
final class RefusedController {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedController.class);

  private final RefusalMeter meter;

  RefusedController(RefusalMeter meter) {
    this.meter = meter;
  }

  @Error(global = true)
  HttpResponse<byte[]> refused(HttpRequest<?> request, RefusedException refused) {
    if (refused.getCause() != null) {
      LOG.warn("Request {}: {}", RequestIds.of(request), refused.refusal(), refused.getCause());
    }
    meter.count(request, refused);
    return Problems.answer(request, refused);
  }
}
