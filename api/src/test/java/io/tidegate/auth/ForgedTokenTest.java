package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.problem.Refusal;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgedTokenTest {
  private final AuthFixture auth = new AuthFixture();

  /** Each breaks one rule of an otherwise good token that is signed with the right secret. */
  static Stream<Arguments> brokenTokens() {
    return Stream.of(
        broken("alg none", t -> t.header("alg", "\"none\"")),
        broken("alg None", t -> t.header("alg", "\"None\"")),
        broken("alg in lower case", t -> t.header("alg", "\"hs256\"")),
        broken("alg with a space", t -> t.header("alg", "\"HS256 \"")),
        broken("alg HS384", t -> t.header("alg", "\"HS384\"").mac("HmacSHA384")),
        broken("alg HS512", t -> t.header("alg", "\"HS512\"").mac("HmacSHA512")),
        broken("alg RS256", t -> t.header("alg", "\"RS256\"")),
        broken("alg ES256", t -> t.header("alg", "\"ES256\"")),
        broken("alg EdDSA", t -> t.header("alg", "\"EdDSA\"")),
        broken("alg missing", t -> t.withoutHeader("alg")),
        broken("alg null", t -> t.header("alg", "null")),
        broken("alg a number", t -> t.header("alg", "256")),
        broken("alg a list", t -> t.header("alg", "[\"HS256\"]")),
        broken("crit", t -> t.header("crit", "[\"exp\"]")),
        broken("crit b64", t -> t.header("crit", "[\"b64\"]").header("b64", "false")),
        broken("b64 false", t -> t.header("b64", "false")),
        broken("jku", t -> t.header("jku", "\"https://evil.example/jwks\"")),
        broken("x5u", t -> t.header("x5u", "\"https://evil.example/cert\"")),
        broken("jwk", t -> t.header("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}")),
        broken(
            "jwk of an RSA key",
            t -> t.header("jwk", "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}")),
        broken("x5c", t -> t.header("x5c", "[\"MIIB\"]")),
        broken("x5t", t -> t.header("x5t", "\"AAAA\"")),
        broken("zip", t -> t.header("zip", "\"DEF\"")),
        broken("cty", t -> t.header("cty", "\"JWT\"")),
        broken("foreign header", t -> t.header("x-app", "\"1\"")),
        broken("typ of a ticket", t -> t.header("typ", "\"tidegate-ticket+jwt\"")),
        broken("typ of an access token", t -> t.header("typ", "\"at+jwt\"")),
        broken("kid missing", t -> t.withoutHeader("kid")),
        broken("kid null", t -> t.header("kid", "null")),
        broken("kid a number", t -> t.header("kid", "482913")),
        broken("kid too long", t -> t.header("kid", "\"482913." + "k".repeat(58) + "\"")),
        broken("aud missing", t -> t.without("aud")),
        broken("aud another app", t -> t.claim("aud", "\"771204\"")),
        broken("aud a number", t -> t.claim("aud", "482913")),
        broken("aud two apps", t -> t.claim("aud", "[\"482913\",\"771204\"]")),
        broken("aud nothing", t -> t.claim("aud", "[]")),
        broken("sub a number", t -> t.claim("sub", "7")),
        broken("sub empty", t -> t.claim("sub", "\"\"")),
        broken("sub with a control", t -> t.claim("sub", "\"a\\nb\"")),
        broken("sub too long", t -> t.claim("sub", "\"" + "x".repeat(256) + "\"")),
        broken("exp missing", t -> t.without("exp")),
        broken("exp text", t -> t.claim("exp", "\"9999999999\"")),
        broken("exp far", t -> t.claim("exp", "9999999999")),
        broken("exp huge", t -> t.claim("exp", "1e30")),
        broken("exp beyond a long", t -> t.claim("exp", "92233720368547758079")),
        broken("exp negative", t -> t.claim("exp", "-1")),
        broken("exp null", t -> t.claim("exp", "null")),
        broken("iat missing", t -> t.without("iat")),
        broken("iat text", t -> t.claim("iat", "\"now\"")),
        broken("iat 0", t -> t.claim("iat", "0")),
        broken("iat after exp", t -> t.claim("iat", "1").claim("exp", "0")),
        broken("nbf text", t -> t.claim("nbf", "\"now\"")),
        broken("jti missing", t -> t.without("jti")),
        broken("jti empty", t -> t.claim("jti", "\"\"")),
        broken("jti a number", t -> t.claim("jti", "1")),
        broken("jti too long", t -> t.claim("jti", "\"" + "x".repeat(129) + "\"")),
        broken("cap missing", t -> t.without("cap")),
        broken("cap text", t -> t.claim("cap", "\"*\"")),
        broken("cap with admin", t -> t.claim("cap", "{\"*\":[\"subscribe\",\"admin\"]}")),
        broken("cap of an unknown operation", t -> t.claim("cap", "{\"*\":[\"own\"]}")),
        broken("cap of a bad pattern", t -> t.claim("cap", "{\"a*b\":[\"publish\"]}")),
        broken("cap of no operation", t -> t.claim("cap", "{\"a\":[]}")),
        broken("cap of no list", t -> t.claim("cap", "{\"a\":\"publish\"}")),
        broken("lim text", t -> t.claim("lim", "\"none\"")),
        broken("lim negative", t -> t.claim("lim", "{\"publishesPerSecond\":-1}")),
        broken("lim unknown", t -> t.claim("lim", "{\"connections\":1}")));
  }

  private static Arguments broken(String what, UnaryOperator<Forge> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTokens")
  void tokenThatBreaksARuleIsRefusedThoughWellSigned(String what, UnaryOperator<Forge> change) {
    String token = change.apply(auth.goodToken()).sign();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(token));
  }

  @Test
  void theTokenThatTheseAreMadeFromIsGood() {
    assertThat(auth.authenticator.token(auth.goodToken().sign()).clientId()).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void unsignedTokenIsRefused(String alg) {
    String token = auth.goodToken().header("alg", "\"" + alg + "\"").unsigned();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(token));
  }

  @Test
  void signatureOfNothingIsRefused() {
    String unsigned = auth.goodToken().unsigned();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(unsigned));
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(unsigned + "AAAA"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "482913.k2",
        "999999.k1",
        "482913.k1'--",
        "../../482913.k1",
        "482913.k1\\u0000",
        "482913.",
        ".k1",
        "*",
        "482913.K1",
        "0482913.k1"
      })
  void kidIsLookedUpByEqualityOnly(String kid) {
    String token = auth.goodToken().header("kid", "\"" + kid + "\"").sign();

    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(token));
  }

  @Test
  void keyOfOneAppSignsForNoOther() {
    Forge ours = auth.goodToken().secret(AuthFixture.OTHER_SECRET);
    Forge theirs = auth.goodToken().header("kid", "\"771204.k1\"").secret(AuthFixture.OTHER_SECRET);

    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(ours.sign()));
    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(theirs.sign()));
  }

  @Test
  void tenantComesFromTheKeyNeverFromAClaim() {
    String token =
        auth.goodToken()
            .claim("tenant", "\"" + AuthFixture.OTHER_TENANT + "\"")
            .claim("tenantId", "\"" + AuthFixture.OTHER_TENANT + "\"")
            .claim("roles", "[\"KEY\",\"OPERATOR\"]")
            .sign();

    AppPrincipal principal = auth.authenticator.token(token);

    assertThat(principal.tenant()).isEqualTo(AuthFixture.TENANT);
    assertThat(principal.isKey()).isFalse();
  }

  @Test
  void rsaSignatureIsRefusedWhateverSecretVerifiesIt() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("482913.k1").build();
    var rsa =
        new SignedJWT(
            header,
            new JWTClaimsSet.Builder()
                .audience("482913")
                .claim("cap", Map.of("*", List.of("subscribe")))
                .jwtID("t1")
                .issueTime(Date.from(auth.clock.instant()))
                .expirationTime(Date.from(auth.clock.instant().plusSeconds(60)))
                .build());
    rsa.sign(new RSASSASigner(pair.getPrivate()));
    String publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    String confused = auth.goodToken().secret(publicKey).sign();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(rsa.serialize()));
    assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(confused));
  }

  @Test
  void everyChangedBitOfTheSignedPartIsNoticed() {
    String token = auth.goodToken().sign();
    int signature = token.lastIndexOf('.') + 1;
    for (int i = signature; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertRefused(Refusal.CREDENTIAL_INVALID, () -> auth.authenticator.token(changed));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.AAAA",
        "W10.W10.AAAA",
        "not a token",
        "eyJhbGciOiJIUzI1NiJ9",
        "\u0000",
        "482913.k1:secret"
      })
  void whatIsNoJwtIsRefused(String text) {
    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(text));
  }

  @Test
  void oddSpellingsOfAGoodTokenAreRefused() {
    String token = auth.goodToken().sign();
    int dot = token.indexOf('.');

    for (String odd :
        List.of(
            token + "=",
            token + "\n",
            " " + token,
            token.substring(0, dot) + "=" + token.substring(dot),
            token.substring(0, dot + 3) + "$" + token.substring(dot + 3),
            token + ".",
            "." + token)) {
      assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(odd));
    }
  }

  @Test
  void memberThatStandsTwiceIsRefused() {
    String doubleKid = auth.goodToken().header("kid\":\"771204.k1\",\"kid", "\"482913.k1\"").sign();
    String doubleAud = auth.goodToken().claim("exp\":1,\"exp", "9999999999").sign();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(doubleKid));
    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(doubleAud));
  }

  @Test
  void deepOrHugeTokensAreRefusedWithoutReadingThem() {
    String deep = auth.goodToken().claim("x", "[".repeat(2_000) + "]".repeat(2_000)).sign();
    String huge = auth.goodToken().claim("x", "\"" + "x".repeat(10_000) + "\"").sign();

    assertThat(deep.length()).isLessThan(8192);
    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(deep));
    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(huge));
  }
}
