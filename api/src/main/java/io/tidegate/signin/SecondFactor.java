package io.tidegate.signin;

import io.tidegate.account.AccountId;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.JdbcSecondFactors;
import io.tidegate.account.store.JdbcSecondFactors.Factor;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Codes of an authenticator app, and recovery codes for who has lost it. */
@Singleton
public class SecondFactor {
  private static final int RECOVERY_CODES = 10;

  /** 80 bits: too many to guess, so they are hashed like any drawn secret. */
  private static final int RECOVERY_BYTES = 10;

  private static final int GROUP = 4;

  private final JdbcSecondFactors store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  SecondFactor(JdbcSecondFactors store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What an authenticator app is given. */
  public record Begun(String secret, String uri) {
    @Override
    public String toString() {
      return "Begun";
    }
  }

  /**
   * @throws RefusedException CONFLICT when there is one already
   */
  public Begun begin(SignedIn who) {
    byte[] secret = new byte[Totp.SECRET_BYTES];
    random.nextBytes(secret);
    store.begin(who.account(), secret);
    String text = Base32.encode(secret);
    return new Begun(text, Totp.uri(who.email() == null ? who.name() : who.email().text(), text));
  }

  /**
   * @return recovery codes, each good once
   * @throws RefusedException SECOND_FACTOR_NEEDED when the code is wrong, CONFLICT when none was
   *     begun
   */
  public List<String> confirm(Caller caller, SignedIn who, String code) {
    Factor factor =
        store
            .find(who.account())
            .filter(one -> !one.confirmed())
            .orElseThrow(
                () -> new RefusedException(Refusal.CONFLICT, "There is nothing to confirm."));
    Long step = Totp.step(factor.secret(), plain(code), clock.instant());
    if (step == null) {
      throw new WrongCodeException();
    }
    List<String> codes = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      byte[] bytes = new byte[RECOVERY_BYTES];
      random.nextBytes(bytes);
      String drawn = Base32.encode(bytes);
      kept.add(drawn);
      codes.add(String.join("-", drawn.split("(?<=\\G.{" + GROUP + "})")));
    }
    store.confirm(caller, who.account(), who.session(), step, kept);
    return codes;
  }

  /**
   * Passes who has no second factor, and who shows a code that was not used before.
   *
   * @throws RefusedException SECOND_FACTOR_NEEDED
   */
  void require(AccountId account, @Nullable String code) {
    Factor factor = store.find(account).filter(Factor::confirmed).orElse(null);
    if (factor == null) {
      return;
    }
    if (code == null) {
      throw new RefusedException(Refusal.SECOND_FACTOR_NEEDED, WrongCodeException.DETAIL);
    }
    String plain = plain(code);
    Long step = Totp.step(factor.secret(), plain, clock.instant());
    boolean good = step == null ? store.spendRecovery(account, plain) : store.spend(account, step);
    if (!good) {
      throw new WrongCodeException();
    }
  }

  /**
   * @throws RefusedException CONFLICT when there is none, SECOND_FACTOR_NEEDED
   */
  public void remove(Caller caller, SignedIn who, String code) {
    if (store.find(who.account()).filter(Factor::confirmed).isEmpty()) {
      throw new RefusedException(Refusal.CONFLICT, "There is no second factor.");
    }
    require(who.account(), code);
    store.remove(caller, who.account());
  }

  /** As people type it: with spaces, dashes, small letters. */
  private static String plain(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }
}
