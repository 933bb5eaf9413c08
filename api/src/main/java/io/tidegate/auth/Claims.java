package io.tidegate.auth;

import com.nimbusds.jwt.SignedJWT;
import io.tidegate.channel.Capabilities;
import io.tidegate.json.Surrogates;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a JWT whose signature was good, read strictly: what is missing or of another type
 * is refused, never converted.
 */
final class Claims {
  private static final long MAX_SECONDS = 1L << 40;

  private final Map<String, Object> claims;
  private final Refusal otherwise;

  /**
   * @param otherwise what a claim that breaks a rule is refused with
   */
  Claims(SignedJWT jwt, Refusal otherwise) {
    Map<String, Object> payload = jwt.getPayload().toJSONObject();
    this.otherwise = otherwise;
    if (payload == null) {
      throw refuse("the payload is not a JSON object");
    }
    this.claims = payload;
  }

  boolean has(String name) {
    return claims.get(name) != null;
  }

  /** 1 to {@code max} characters. */
  String text(String name, int max) {
    Object value = claims.get(name);
    if (value instanceof String text
        && !text.isEmpty()
        && text.length() <= max
        && Surrogates.arePaired(text)) {
      return text;
    }
    throw refuse(name + " is missing or not a text of 1 to " + max + " characters");
  }

  /** A NumericDate (RFC 7519), which may have a fraction, in ms since 1970. */
  long millis(String name) {
    Object value = claims.get(name);
    double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
    if (seconds >= 0 && seconds <= MAX_SECONDS) {
      return Math.round(seconds * 1000);
    }
    throw refuse(name + " is missing or not a time in seconds since 1970");
  }

  /** A text, or an array of just one. */
  @Nullable Object audience() {
    Object value = claims.get("aud");
    return value instanceof Collection<?> many && many.size() == 1 ? many.iterator().next() : value;
  }

  Capabilities capabilities(String name) {
    try {
      return Grants.capabilities(claims.get(name));
    } catch (IllegalArgumentException e) {
      throw refuse(name + ": " + e.getMessage());
    }
  }

  TokenLimits limits(String name) {
    try {
      return Grants.limits(claims.get(name));
    } catch (IllegalArgumentException e) {
      throw refuse(name + ": " + e.getMessage());
    }
  }

  RefusedException refuse(String detail) {
    return new RefusedException(otherwise, detail).by(Step.TOKEN_CLAIMS, detail);
  }
}
