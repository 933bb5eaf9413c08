package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is just within the rules of a token, and what a refusal says of the rest. */
class TokenBoundsTest {
  private final AuthFixture auth = new AuthFixture();

  TokenBoundsTest() {
    // On a whole second, so that times in whole seconds reach a bound exactly.
    auth.clock.move(Duration.ofMillis(500));
  }

  @Test
  void issuedHalfAMinuteAheadIsTakenAMillisecondMoreIsNot() {
    long now = auth.clock.seconds();
    accept(t -> t.claim("iat", now + 30));
    refuse(t -> t.claim("iat", (now + 30) + ".001"), "iat lies in the future");
  }

  @Test
  void notBeforeHalfAMinuteAheadIsTakenAMillisecondMoreIsNot() {
    long now = auth.clock.seconds();
    accept(t -> t.claim("nbf", now + 30));
    accept(t -> t.claim("nbf", 0));
    refuse(t -> t.claim("nbf", (now + 30) + ".001"), "nbf lies in the future");
    refuse(t -> t.claim("nbf", -1), "nbf is missing or not a time in seconds since 1970");
  }

  @Test
  void tokenLivesAtLeastAMillisecond() {
    long now = auth.clock.seconds();
    accept(t -> t.claim("exp", now + ".001"));
    refuse(t -> t.claim("exp", now), "exp lies at most 24 h after iat");
  }

  @Test
  void timeIsAtMost2To40Seconds() {
    refuse(t -> t.claim("exp", 1L << 40), "exp lies at most 24 h after iat");
    refuse(
        t -> t.claim("exp", (1L << 40) + 1), "exp is missing or not a time in seconds since 1970");
  }

  @Test
  void idsMayBeAsLongAsTheyMay() {
    String longest = "x".repeat(128);
    assertThat(accept(t -> t.claim("jti", "\"" + longest + "\"")).tokenId()).isEqualTo(longest);
    refuse(
        t -> t.claim("jti", "\"" + longest + "x\""),
        "jti is missing or not a text of 1 to 128 characters");
    String kid = "482913." + "k".repeat(57);
    String unknown = auth.goodToken().header("kid", "\"" + kid + "\"").sign();
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(unknown));
  }

  @Test
  void hundredPatternsAreTakenOneMoreIsNot() {
    assertThat(accept(t -> t.claim("cap", patterns(100))).rights().own().grants()).hasSize(100);
    refuse(t -> t.claim("cap", patterns(101)), "cap: capabilities have at most 100 patterns");
  }

  @Test
  void limitIsAWholeNumberFrom1ToTheLargest() {
    for (int value : new int[] {1, Integer.MAX_VALUE}) {
      assertThat(accept(t -> t.claim("lim", limit(Integer.toString(value)))).limits().values())
          .containsOnlyKeys(TokenLimits.Limit.PUBLISHES_PER_SECOND)
          .containsValue(value);
    }
    for (String value : new String[] {"0", "1.5", "2147483648"}) {
      refuse(t -> t.claim("lim", limit(value)), "lim: a limit is a whole number of at least 1");
    }
  }

  @Test
  void tokenIsAtMost8192Characters() {
    String longest = ofLength(8192);
    assertThat(auth.authenticator.token(longest).clientId()).isEqualTo("ada");
    refuseText(ofLength(8193), "not a signed JWT of at most 8192 characters");
  }

  static Stream<Arguments> brokenHeaders() {
    return Stream.of(
        broken("\"HS384\"", "alg", "alg is HS256"),
        broken("\"x\"", "cty", "the header has alg, kid and typ, nothing else"),
        broken("\"" + "k".repeat(65) + "\"", "kid", "kid is the key name"),
        broken("\"at+jwt\"", "typ", "typ is not the one expected here"));
  }

  private static Arguments broken(String value, String name, String rule) {
    return Arguments.of(name, value, rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHeaders")
  void refusalSaysWhichRuleOfTheHeaderIsBroken(String name, String value, String rule) {
    refuse(t -> t.header(name, value), rule);
  }

  @Test
  void whatIsNotCompactIsNotEvenParsed() {
    String token = auth.goodToken().sign();
    String[] parts = token.split("\\.");
    for (String odd :
        new String[] {
          parts[0] + ".." + parts[2],
          "." + parts[1] + "." + parts[2],
          parts[0] + "." + parts[1] + ".",
          parts[0] + "." + parts[1],
          token + ".x",
          token + "\n",
          token.replace('.', '@')
        }) {
      refuseText(odd, "not a signed JWT of at most 8192 characters");
    }
  }

  private AppPrincipal accept(UnaryOperator<Forge> change) {
    return auth.authenticator.token(change.apply(auth.goodToken()).sign());
  }

  private void refuse(UnaryOperator<Forge> change, String detail) {
    refuseText(change.apply(auth.goodToken()).sign(), detail);
  }

  private void refuseText(String token, String detail) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> auth.authenticator.token(token));
    assertThat(refused.refusal()).isEqualTo(Refusal.TOKEN_INVALID);
    assertThat(refused.detail()).isEqualTo(detail);
  }

  /** A good token of just that length. */
  private String ofLength(int length) {
    for (int padding = 5_800; padding < length; padding++) {
      for (String typ : new String[] {"\"JWT\"", "\"jwt\" "}) {
        String token =
            auth.goodToken()
                .header("typ", typ)
                .claim("x", "\"" + "x".repeat(padding) + "\"")
                .sign();
        if (token.length() == length) {
          return token;
        }
      }
    }
    throw new AssertionError("no token has " + length + " characters");
  }

  private static String limit(String value) {
    return "{\"publishesPerSecond\":" + value + "}";
  }

  private static String patterns(int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> "\"c" + i + "\":[\"publish\"]")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
