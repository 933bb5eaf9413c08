package io.tidegate.management;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;

/** {@code GET /health/live} and {@code /health/ready}: {@code {"status":"UP"|"DOWN"}}. */
@Controller(value = "/health", port = "${endpoints.all.port}")
@Secured(SecurityRule.IS_ANONYMOUS)
class HealthController {
  private static final String UP = "{\"status\":\"UP\"}";
  private static final String DOWN = "{\"status\":\"DOWN\"}";

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  /**
   * @param kind {@code live}: the process answers, which it does; {@code ready}: send it traffic
   */
  @Get("/{kind}")
  HttpResponse<String> read(String kind) {
    return switch (kind) {
      case "live" -> HttpResponse.ok(UP);
      case "ready" ->
          readiness.isReady()
              ? HttpResponse.ok(UP)
              : HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE).body(DOWN);
      default -> throw new RefusedException(Refusal.NOT_FOUND, "there is nothing here");
    };
  }
}
