package io.tidegate.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.security.token.jwt.signature.SignatureConfiguration;
import io.tidegate.tenant.Key;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Which key signed a JWT: the one place where a signature is checked. It is also Micronaut
 * Security's only signature configuration: without any, its own validator would take an unsigned
 * JWT for verified.
 */
@Singleton
final class KeySignature implements SignatureConfiguration {
  private final KeyRing keys;

  KeySignature(KeyRing keys) {
    this.keys = keys;
  }

  /**
   * What a signature came to.
   *
   * @param key that {@code kid} names, null when there is none
   * @param good whether the signature is that key's own
   */
  record Checked(@Nullable Key key, boolean good) {}

  /** The same work whether there is such a key. */
  Checked check(SignedJWT jwt) {
    Key key = keys.find(jwt.getHeader().getKeyID());
    boolean good;
    try {
      good =
          new MACVerifier(keys.secretOf(key))
              .verify(jwt.getHeader(), jwt.getSigningInput(), jwt.getSignature());
    } catch (JOSEException e) {
      good = false;
    }
    return new Checked(key, good);
  }

  /** The key named by {@code kid} when the signature is its own; null for every other reason. */
  @Nullable Key signer(SignedJWT jwt) {
    Checked checked = check(jwt);
    return checked.good() ? checked.key() : null;
  }

  @Override
  public String supportedAlgorithmsMessage() {
    return "Only HS256 is supported";
  }

  @Override
  public boolean supports(JWSAlgorithm algorithm) {
    return SignedJwts.ALGORITHM.equals(algorithm);
  }

  @Override
  public boolean verify(SignedJWT jwt) {
    return signer(jwt) != null;
  }
}
