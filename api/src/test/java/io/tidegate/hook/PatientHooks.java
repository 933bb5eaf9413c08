package io.tidegate.hook;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;

/**
 * Gateways in this JVM wait longer for hooks than they say, as the machine may stand still for a
 * second: a hook's 1,000 ms are 60 s. A test of a hook that never answers gives it a few ms.
 */
@Factory
final class PatientHooks {
  @Singleton
  @Replaces(HookPace.class)
  HookPace pace() {
    HookPace pace = HookPace.STANDARD;
    return new HookPace(
        pace.places(),
        pace.tenantPlaces(),
        pace.nodePlaces(),
        pace.window(),
        pace.failuresPercent(),
        pace.pause(),
        60);
  }
}
