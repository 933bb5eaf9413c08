package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class OddCredentialsTest {
  private final AuthFixture auth = new AuthFixture();
  private final String good = auth.goodToken().sign();

  @Property(tries = 500)
  void anyTextIsRefusedNeverAFault(@ForAll String text) {
    assertThat(outcome(auth.authenticator::token, text)).isNull();
    assertThat(outcome(auth.authenticator::key, text)).isNull();
    assertThat(outcome(auth.authenticator::keyName, text)).isNull();
    assertThat(outcome(auth.authenticator::ticket, text)).isNull();
    assertThat(outcome(auth.authenticator::reopen, text)).isNull();
  }

  @Property(tries = 500)
  void anyHeaderAndClaimsUnderAGoodSignatureAreReadOrRefused(
      @ForAll("json") String header, @ForAll("json") String claim) {
    String token =
        auth.goodToken().header("x", header).withoutHeader("x").claim("cap", claim).sign();
    AppPrincipal principal = outcome(auth.authenticator::token, token);
    assertThat(principal == null || principal.app().equals(AuthFixture.APP)).isTrue();
    outcome(auth.authenticator::token, auth.goodToken().header("kid", header).sign());
    outcome(auth.authenticator::token, auth.goodToken().header("typ", header).sign());
    outcome(auth.authenticator::token, auth.goodToken().claim("exp", claim).sign());
    outcome(auth.authenticator::token, auth.goodToken().claim("aud", claim).sign());
    outcome(auth.authenticator::token, auth.goodToken().claim("lim", claim).sign());
  }

  /** What changes nothing of header and claims is the same token; all else is refused. */
  @Property(tries = 1000)
  void oneOtherCharacterNeverMakesAnotherPrincipal(
      @ForAll int place, @ForAll("characters") char other) {
    int at = Math.floorMod(place, good.length());
    String changed = good.substring(0, at) + other + good.substring(at + 1);

    AppPrincipal principal = outcome(auth.authenticator::token, changed);

    if (principal != null) {
      assertThat(changed.substring(0, changed.lastIndexOf('.')))
          .isEqualTo(good.substring(0, good.lastIndexOf('.')));
    }
  }

  @Provide
  Arbitrary<String> json() {
    return Arbitraries.of(
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "1e-400",
            "\"\"",
            "\"*\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"*\":null}",
            "{\"*\":[null]}",
            "{\"*\":[\"publish\"]}",
            "{\"\":[\"publish\"]}",
            "{\"a\":[\"publish\",1]}",
            "\"\\ud800\"",
            "9".repeat(400),
            "{\"a\":{\"b\":{}}}",
            "0x1",
            "NaN",
            "'a'",
            "[",
            "}",
            "{\"a\":1,}",
            "//",
            "\u0000",
            "\"a\nb\""));
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.chars().with('A', 'z', '0', '-', '_', '.', '=', ' ', '\n', 'é');
  }

  private static <T> @Nullable T outcome(Function<String, T> how, String credential) {
    try {
      return how.apply(credential);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isEqualTo(401);
      return null;
    }
  }
}
