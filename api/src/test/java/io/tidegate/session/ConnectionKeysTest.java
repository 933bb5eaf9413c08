package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Seal;
import io.tidegate.publish.Principals;
import io.tidegate.session.ConnectionKeys.Kept;
import org.junit.jupiter.api.Test;

class ConnectionKeysTest {
  private final ConnectionKeys keys = new ConnectionKeys("n1", seal());
  private final AppPrincipal ada = Principals.token("ada");

  private static Seal seal() {
    return new Seal(new byte[16], "connection-key");
  }

  @Test
  void aKeySaysHowOftenItsConnectionHasGoneOn() {
    Kept kept = new Kept(keys.newId(), 0);
    for (int turn = 0; turn < 12; turn++) {
      assertThat(keys.read(keys.keyOf(kept, ada), ada)).isEqualTo(kept);
      kept = kept.next();
      assertThat(kept.turn()).isEqualTo(turn + 1);
    }
  }

  @Test
  void anotherNodesKeyIsAsGood() {
    ConnectionKeys other = new ConnectionKeys("n2", seal());
    Kept kept = new Kept(other.newId(), 7);
    assertThat(keys.read(other.keyOf(kept, ada), ada)).isEqualTo(kept);
  }

  /** A client whose key is taken for another connection's is a member of nothing, and not told. */
  @Test
  void theReleaseBeforeReadsAKeyAsItIsOrNotAtAll() {
    KeysOfTheReleaseBefore before = new KeysOfTheReleaseBefore(seal());
    Kept kept = new Kept(keys.newId(), 0);
    assertThat(before.idOf(keys.keyOf(kept, ada), ada)).isEqualTo(kept.id());
    for (int turn = 1; turn < 12; turn++) {
      kept = kept.next();
      assertThat(before.idOf(keys.keyOf(kept, ada), ada)).isNull();
    }
  }

  @Test
  void aKeyOfTheReleaseBeforeIsGood() {
    KeysOfTheReleaseBefore before = new KeysOfTheReleaseBefore(seal());
    assertThat(keys.read(before.keyOf("n2-abc", ada), ada)).isEqualTo(new Kept("n2-abc", 0));
    assertThat(keys.read(before.keyOf("n2-abc.3", ada), ada)).isNull();
  }

  @Test
  void whatIsNoTurnMakesNoKey() {
    String key = keys.keyOf(new Kept("n1-abc", 0), ada);
    String seal = key.substring(key.lastIndexOf('.'));
    for (String turn :
        new String[] {".0", ".-0", ".00", ".+0", ".", ".x", ".99999999999", ".1.2"}) {
      assertThat(keys.read("n1-abc" + turn + seal, ada)).as(turn).isNull();
    }
  }

  @Test
  void anothersTurnOrClientMakesNoKey() {
    String key = keys.keyOf(new Kept("n1-abc", 1), ada);
    String seal = key.substring(key.lastIndexOf('.'));
    assertThat(keys.read("n1-abc.2" + seal, ada)).isNull();
    assertThat(keys.read("n1-abc" + seal, ada)).isNull();
    assertThat(keys.read(key + "A", ada)).isNull();
    assertThat(keys.read("n1-abc.1", ada)).isNull();
    assertThat(keys.read("", ada)).isNull();
    assertThat(keys.read(key, Principals.token("bob"))).isNull();
    assertThat(keys.read(key, Principals.token(null))).isNull();
  }
}
