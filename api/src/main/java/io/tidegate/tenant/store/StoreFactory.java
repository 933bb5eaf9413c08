package io.tidegate.tenant.store;

import io.micronaut.context.annotation.Factory;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.Envelope;
import jakarta.inject.Singleton;

/** Values that are made from the settings. */
@Factory
class StoreFactory {
  @Singleton
  Envelope envelope(Settings settings) {
    return new Envelope(settings.masterKey());
  }
}
