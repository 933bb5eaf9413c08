package io.tidegate.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tidegate.account.Email;
import io.tidegate.account.PasswordRules;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.lang.management.ManagementFactory;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void aPasswordIsKeptAsArgon2idWithASaltOfItsOwn() {
    String one = passwords.hash("a long walk by the sea");
    String other = passwords.hash("a long walk by the sea");

    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
    assertThat(passwords.matches("a long walk by the sea", one)).isTrue();
    assertThat(passwords.matches("a long walk by the see", one)).isFalse();
  }

  /** Made with the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16. */
  @Test
  void hashesOfTheReferenceImplementationMatch() {
    String reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.matches("password", reference)).isTrue();
  }

  @Test
  void lettersAreTheSameHoweverAKeyboardComposesThem() {
    assertThat(passwords.matches("cafe\u0301 am meer 12", passwords.hash("caf\u00e9 am meer 12")))
        .isTrue();
  }

  /** What Argon2 is about is the memory that it fills: as much for somebody as for nobody. */
  @Test
  void whereThereIsNoAccountTheSameWorkIsDone() {
    String known = passwords.hash("a long walk by the sea");
    passwords.matches("the first time loads what it needs", known);

    assertThat(passwords.matches("a long walk by the sea", null)).isFalse();
    long there = allocated(known);
    assertThat(there).isGreaterThan(19L << 20);
    assertThat(allocated(null)).isCloseTo(there, Percentage.withPercentage(2));
  }

  /** In bytes, by this thread. */
  private long allocated(@Nullable String known) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    passwords.matches("wrong", known);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "123456789",
        "1234567890",
        "0987654321",
        "aaaaaaaaaaaa",
        "abababababab",
        "Password123",
        "password1234!",
        "qwertyuiop",
        "Changeme!!2026",
        "ada@acme.example",
        "ADA@acme.example",
        "Ada Lovelace",
        "adalovelaceadalovelace"
      })
  void whatIsTriedFirstIsNotTaken(String password) {
    assertThatThrownBy(
            () -> PasswordRules.require(password, new Email("ada@acme.example"), "Ada Lovelace"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.PASSWORD_UNSUITABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a long walk by the sea", "tR7#pq9!xZ", "correct battery horse", "日本語のパスワードです一"})
  void whatIsLongEnoughIsTaken(String password) {
    PasswordRules.require(password, new Email("ada@acme.example"), "Ada Lovelace");
  }
}
