package io.tidegate.auth;

import io.tidegate.channel.KeyName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Key;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys by name and says whether they are in force. For a name that nobody has there is a
 * decoy, so that the same work is done for it as for a real one.
 */
@Singleton
final class KeyRing {
  /** As long as a real secret: 43 characters of base64url hold 256 bits. */
  private static final int SECRET_BYTES = 43;

  private final Directory directory;
  private final InstantSource clock;
  private final byte[] decoy = new byte[SECRET_BYTES];

  KeyRing(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    new SecureRandom().nextBytes(decoy);
  }

  /** The key of that name in an app that exists, revoked and expired ones included. */
  @Nullable Key find(@Nullable String name) {
    KeyName keyName = name == null ? null : KeyName.parse(name);
    return keyName == null ? null : find(keyName);
  }

  @Nullable Key find(KeyName name) {
    boolean appIsThere = directory.app(name.app()).isPresent();
    Key key = directory.key(name).orElse(null);
    return appIsThere ? key : null;
  }

  boolean hasApp(KeyName name) {
    return directory.app(name.app()).isPresent();
  }

  /** What to check a credential against: the key's secret, or the decoy that nothing matches. */
  byte[] secretOf(@Nullable Key key) {
    return key == null ? decoy : key.secret();
  }

  /** In constant time, whatever the offered text's length. */
  boolean matches(@Nullable Key key, byte[] offered) {
    boolean equal = MessageDigest.isEqual(secretOf(key), offered);
    return equal && key != null;
  }

  /**
   * @throws RefusedException KEY_REVOKED or KEY_EXPIRED; ask only when the credential was good
   */
  void requireInForce(Key key, Steps steps) {
    if (key.revokedAt() != null) {
      throw new RefusedException(Refusal.KEY_REVOKED, "the key was revoked")
          .by(Step.KEY_REVOKED, "key " + key.name() + " was revoked at " + key.revokedAt());
    }
    Instant expiresAt = key.expiresAt();
    if (expiresAt != null && !clock.instant().isBefore(expiresAt)) {
      throw new RefusedException(Refusal.KEY_EXPIRED, "the key has expired")
          .by(Step.KEY_EXPIRY, "key " + key.name() + " expired at " + expiresAt);
    }
    if (steps.areHeard()) {
      steps.passed(Step.KEY_REVOKED, "key " + key.name());
      String until = expiresAt == null ? " does not expire" : " expires at " + expiresAt;
      steps.passed(Step.KEY_EXPIRY, "key " + key.name() + until);
    }
  }
}
