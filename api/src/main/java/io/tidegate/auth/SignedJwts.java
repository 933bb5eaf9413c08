package io.tidegate.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outside of a JWT, before anything in it is believed (RFC 8725): compact form, HS256 spelled
 * exactly so, a {@code kid}, the expected {@code typ}, and no other header parameter. What could
 * name a key elsewhere ({@code jku, jwk, x5u, x5c}) or change the rules ({@code crit, b64, zip}) is
 * thereby refused, not ignored.
 */
final class SignedJwts {
  /** {@code typ} of a token; it may be absent, many libraries do not set it. */
  static final JOSEObjectType TOKEN = JOSEObjectType.JWT;

  /** {@code typ} of a ticket; it may not be absent, so a token never passes for one. */
  static final JOSEObjectType TICKET = new JOSEObjectType("tidegate-ticket+jwt");

  /** {@code typ} of what the console is given ({@link ConsoleTokens}). */
  static final JOSEObjectType CONSOLE = new JOSEObjectType("tidegate-console+jwt");

  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;

  private static final int MAX_LENGTH = 8192;
  private static final int MAX_KID = 64;
  private static final Set<String> HEADER_PARAMETERS = Set.of("alg", "kid", "typ");

  private SignedJwts() {}

  /**
   * @throws RefusedException {@code otherwise} when the text is not such a JWT
   */
  static SignedJWT read(String text, JOSEObjectType type, Refusal otherwise) {
    if (text.length() > MAX_LENGTH || !isCompact(text)) {
      throw refused(otherwise, "not a signed JWT of at most 8192 characters");
    }
    SignedJWT jwt;
    try {
      jwt = SignedJWT.parse(text);
    } catch (ParseException | RuntimeException e) {
      // Nimbus answers some headers, such as null, with whatever exception they happen to raise.
      throw refused(otherwise, "not a signed JWT in compact form");
    }
    String broken = brokenRule(jwt.getHeader(), type);
    if (broken != null) {
      throw refused(otherwise, broken);
    }
    return jwt;
  }

  private static RefusedException refused(Refusal otherwise, String broken) {
    return new RefusedException(otherwise, broken).by(Step.CREDENTIAL, broken);
  }

  /** Whether it calls itself a ticket; nothing of it is believed. */
  static boolean isTicket(String text) {
    try {
      return text.length() <= MAX_LENGTH
          && TICKET.equals(SignedJWT.parse(text).getHeader().getType());
    } catch (ParseException | RuntimeException e) {
      return false;
    }
  }

  private static @Nullable String brokenRule(JWSHeader header, JOSEObjectType type) {
    if (!ALGORITHM.equals(header.getAlgorithm())) {
      return "alg is HS256";
    }
    if (!HEADER_PARAMETERS.containsAll(header.getIncludedParams())) {
      return "the header has alg, kid and typ, nothing else";
    }
    String kid = header.getKeyID();
    if (kid == null || kid.length() > MAX_KID) {
      return "kid is the key name";
    }
    JOSEObjectType given = header.getType();
    if (given == null ? type.equals(TICKET) : !given.equals(type)) {
      return "typ is not the one expected here";
    }
    return null;
  }

  /** Three non-empty parts of base64url: Nimbus by itself would skip foreign characters. */
  private static boolean isCompact(String text) {
    int dots = 0;
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
        if (before == '.') {
          return false;
        }
      } else if (!isBase64Url(c)) {
        return false;
      }
      before = c;
    }
    return dots == 2 && before != '.';
  }

  private static boolean isBase64Url(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
