package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import io.tidegate.tenant.MemoryDirectory;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

class KeySignatureTest {
  private final AuthFixture auth = new AuthFixture();
  private final KeyRing keys = new KeyRing(auth.directory, auth.clock);
  private final KeySignature signature = new KeySignature(keys);

  @Test
  void onlyTheKeysOwnSignatureVerifies() throws ParseException {
    assertThat(signature.verify(parsed(auth.goodToken()))).isTrue();
    assertThat(signature.verify(parsed(auth.goodToken().secret(AuthFixture.OTHER_SECRET))))
        .isFalse();
    assertThat(signature.verify(parsed(auth.goodToken().header("kid", "\"482913.k2\"")))).isFalse();
  }

  @Test
  void oneAlgorithmIsSupported() {
    assertThat(signature.supports(JWSAlgorithm.HS256)).isTrue();
    assertThat(signature.supports(JWSAlgorithm.HS512)).isFalse();
    assertThat(signature.supports(JWSAlgorithm.RS256)).isFalse();
    assertThat(signature.supportedAlgorithmsMessage()).contains("HS256");
  }

  @Test
  void decoyIsNobodysSecretAndNotToBeGuessed() {
    byte[] decoy = keys.secretOf(null);
    KeyRing other = new KeyRing(new MemoryDirectory(), auth.clock);

    assertThat(decoy)
        .hasSameSizeAs(AuthFixture.SECRET.getBytes(StandardCharsets.US_ASCII))
        .isNotEqualTo(new byte[43]);
    assertThat(other.secretOf(null)).isNotEqualTo(decoy);
    assertThat(keys.matches(null, decoy)).isFalse();
  }

  @Test
  void keyIsFoundByAWholeNameOnly() {
    assertThat(keys.find((String) null)).isNull();
    assertThat(keys.find("482913")).isNull();
    assertThat(keys.find(AuthFixture.KEY.toString())).isNotNull();
    assertThat(keys.hasApp(AuthFixture.KEY)).isTrue();
    assertThat(keys.hasApp(AuthFixture.name("999999.k1"))).isFalse();
  }

  private static SignedJWT parsed(Forge token) throws ParseException {
    return SignedJWT.parse(token.sign());
  }
}
