package io.tidegate.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.account.Email;
import io.tidegate.account.PasswordRules;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Arrays;
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

  /** Medians of few: each hash takes many times what the rest may differ by. */
  @Test
  void whereThereIsNoAccountTheSameWorkIsDone() {
    String known = passwords.hash("a long walk by the sea");
    passwords.matches("warm up", known);
    passwords.matches("warm up", null);

    assertThat(passwords.matches("a long walk by the sea", null)).isFalse();
    long there = median(known);
    long absent = median(null);
    assertThat((double) absent / there).isBetween(0.5, 2.0);
  }

  private long median(@org.jspecify.annotations.Nullable String known) {
    long[] times = new long[9];
    for (int i = 0; i < times.length; i++) {
      long begun = System.nanoTime();
      passwords.matches("wrong", known);
      times[i] = System.nanoTime() - begun;
    }
    Arrays.sort(times);
    return times[times.length / 2];
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
