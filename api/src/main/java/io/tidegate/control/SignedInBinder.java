package io.tidegate.control;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.tidegate.account.SignedIn;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A controller's method simply takes a {@link SignedIn}; its route is secured with ACCOUNT. */
@Singleton
final class SignedInBinder implements TypedRequestArgumentBinder<SignedIn> {
  private static final Argument<SignedIn> TYPE = Argument.of(SignedIn.class);

  @Override
  public Argument<SignedIn> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<SignedIn> bind(
      ArgumentConversionContext<SignedIn> context, HttpRequest<?> request) {
    Optional<SignedIn> session = of(request);
    return () -> session;
  }

  /** Empty where nobody is signed in. */
  static Optional<SignedIn> of(HttpRequest<?> request) {
    return request
        .getUserPrincipal(ControlPrincipal.class)
        .flatMap(principal -> Optional.ofNullable(principal.session()));
  }
}
