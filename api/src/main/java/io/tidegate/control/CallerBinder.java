package io.tidegate.control;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.tidegate.rest.RequestIds;
import io.tidegate.tenant.Caller;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * A controller's method simply takes a {@link Caller}; its route is {@code @Secured} with a role,
 * and only control principals have one.
 */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
  private static final Argument<Caller> TYPE = Argument.of(Caller.class);

  @Override
  public Argument<Caller> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<Caller> bind(
      ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
    Optional<Caller> caller =
        request
            .getUserPrincipal(ControlPrincipal.class)
            .map(principal -> principal.caller(RequestIds.of(request)));
    return () -> caller;
  }
}
