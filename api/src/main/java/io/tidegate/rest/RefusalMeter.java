package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.tidegate.auth.AppRefusedException;
import io.tidegate.problem.RefusedException;
import io.tidegate.usage.Meters;
import jakarta.inject.Singleton;

/** Counts what a request is refused with as its app's, where that is known. */
@Singleton
final class RefusalMeter {
  private final Meters meters;

  RefusalMeter(Meters meters) {
    this.meters = meters;
  }

  void count(HttpRequest<?> request, RefusedException refused) {
    request
        .getUserPrincipal(AppAuthentication.class)
        .ifPresentOrElse(
            who -> meters.of(who.principal().app()).refused(refused.refusal().code()),
            () -> AppRefusedException.count(refused, meters));
  }
}
