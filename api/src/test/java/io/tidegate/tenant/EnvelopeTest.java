package io.tidegate.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.settings.MasterKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final byte[] SECRET = "the secret".getBytes(UTF_8);

  private final Envelope envelope = new Envelope(masterKey("00000001", 1));

  @Test
  void whatWasSealedOpensForItsLabel() {
    assertThat(envelope.open("key 1.k1", envelope.seal("key 1.k1", SECRET))).isEqualTo(SECRET);
  }

  @Test
  void aSecretMovedToAnotherKeyDoesNotOpen() {
    byte[] sealed = envelope.seal("key 1.k1", SECRET);

    assertThatThrownBy(() -> envelope.open("key 1.k2", sealed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangedByteAnywhereDoesNotOpen() {
    byte[] sealed = envelope.seal("key 1.k1", SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> envelope.open("key 1.k1", changed))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> envelope.open("key 1.k1", Arrays.copyOf(sealed, 10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherMasterKeyIsToldFromADamagedEnvelope() {
    byte[] sealed = envelope.seal("key 1.k1", SECRET);

    assertThatThrownBy(() -> new Envelope(masterKey("00000002", 2)).open("key 1.k1", sealed))
        .hasMessageContaining("another master key");
  }

  @Test
  void theSameSecretIsNeverSealedTheSameWay() {
    byte[] sealed = envelope.seal("key 1.k1", SECRET);

    assertThat(envelope.seal("key 1.k1", SECRET)).isNotEqualTo(sealed);
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
  }

  @Test
  void aDrawnSecretIsShapedAndAMistypedOneIsNot() {
    String secret = SecretText.draw("tgc_");

    assertThat(secret).matches("tgc_[A-Za-z0-9_-]{47}").isNotEqualTo(SecretText.draw("tgc_"));
    assertThat(SecretText.isShaped("tgc_", secret)).isTrue();
    assertThat(SecretText.isShaped("tgc_", secret.substring(1))).isFalse();
    char typed = secret.charAt(20) == 'x' ? 'y' : 'x';
    assertThat(SecretText.isShaped("tgc_", secret.substring(0, 20) + typed + secret.substring(21)))
        .isFalse();
  }

  private static MasterKey masterKey(String id, int seed) {
    byte[] bytes = new byte[MasterKey.BYTES];
    Arrays.fill(bytes, (byte) seed);
    return new MasterKey(id, bytes);
  }
}
