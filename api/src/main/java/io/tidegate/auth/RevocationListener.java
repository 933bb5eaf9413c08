package io.tidegate.auth;

import io.tidegate.channel.AppId;

/**
 * Hears that tokens of an app were revoked. Whoever serves connections of that app rechecks them
 * ({@link Authenticator#recheck}). Called on the thread that saw it, after it is in effect.
 */
public interface RevocationListener {
  void revoked(AppId app);
}
