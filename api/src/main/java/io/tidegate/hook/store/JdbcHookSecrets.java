package io.tidegate.hook.store;

import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.JdbcSigningSecrets;
import io.tidegate.tenant.store.JdbcSigningSecrets.Owners;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.SecretLabels;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** The secrets of hooks; within a transaction around that holds the app's lock. */
@Singleton
class JdbcHookSecrets {
  /** What a secret's text begins with. */
  private static final String PREFIX = "tgh_";

  private final JdbcSigningSecrets secrets;

  JdbcHookSecrets(JdbcWork work, Envelope envelope) {
    Owners hooks = new Owners("hooks", "hook_secrets", "hook_id", SecretLabels::ofHook);
    this.secrets = new JdbcSigningSecrets(work, envelope, hooks, PREFIX);
  }

  /** Draws one; its text. */
  String add(AppEntry app, UUID hook) {
    return secrets.add(app, hook);
  }

  /** The newest one is good for a while longer, any other ends now. */
  void retire(UUID hook, Duration overlap) {
    secrets.retire(hook, overlap);
  }

  String open(UUID hook, int number, byte[] sealed) {
    return secrets.open(hook, number, sealed);
  }
}
