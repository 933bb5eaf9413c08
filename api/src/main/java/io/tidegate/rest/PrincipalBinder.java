package io.tidegate.rest;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.tidegate.auth.AppPrincipal;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A controller's method simply takes an {@link AppPrincipal}; its route is {@code @Secured}. */
@Singleton
final class PrincipalBinder implements TypedRequestArgumentBinder<AppPrincipal> {
  private static final Argument<AppPrincipal> TYPE = Argument.of(AppPrincipal.class);

  @Override
  public Argument<AppPrincipal> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<AppPrincipal> bind(
      ArgumentConversionContext<AppPrincipal> context, HttpRequest<?> request) {
    Optional<AppPrincipal> principal =
        request.getUserPrincipal(AppAuthentication.class).map(AppAuthentication::principal);
    return () -> principal;
  }
}
