package io.tidegate.signin;

import io.micronaut.context.annotation.Factory;
import io.tidegate.settings.Settings;
import jakarta.inject.Singleton;

/** Values that are made from the settings. */
@Factory
class SignInFactory {
  @Singleton
  SignInThrottle throttle(Settings settings) {
    return new SignInThrottle(settings.throttle().failedAuthentications(), System::nanoTime);
  }
}
