package io.tidegate.signin;

import io.tidegate.account.Email;
import io.tidegate.account.PasswordRules;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.Account;
import io.tidegate.account.store.JdbcAccounts;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people change of themselves. Where it is about how they sign in they prove first who they
 * are, as often as at a sign-in.
 */
@Singleton
public class Profile {
  private final JdbcAccounts accounts;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final SignInThrottle throttle;
  private final Sessions known;

  Profile(
      JdbcAccounts accounts,
      Passwords passwords,
      SecondFactor secondFactor,
      SignInThrottle throttle,
      Sessions known) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.throttle = throttle;
    this.known = known;
  }

  /** Null leaves a part as it is. */
  public void update(Caller caller, SignedIn who, @Nullable String name, @Nullable Email email) {
    accounts.update(caller, who.account(), name, email);
    known.changed();
  }

  /**
   * @param current null where there is none yet
   * @throws RefusedException SIGN_IN_REFUSED, PASSWORD_UNSUITABLE, SIGN_IN_THROTTLED
   */
  public void setPassword(
      Caller caller, SignedIn who, String address, @Nullable String current, String password) {
    Account account = accounts.find(who.account()).orElseThrow(SignIn::refusal);
    if (account.passwordHash() != null) {
      proven(who, address, current == null ? "" : current, () -> account);
    }
    PasswordRules.require(password, account.emailRead(), account.name());
    accounts.setPassword(caller, who.account(), passwords.hash(password), who.session());
    known.changed();
  }

  /**
   * @throws RefusedException SIGN_IN_REFUSED, CONFLICT, SIGN_IN_THROTTLED
   */
  public SecondFactor.Begun beginSecondFactor(SignedIn who, String address, String password) {
    return proven(who, address, password, () -> secondFactor.begin(who));
  }

  /**
   * @throws RefusedException SECOND_FACTOR_NEEDED, CONFLICT, SIGN_IN_THROTTLED
   */
  public List<String> confirmSecondFactor(
      Caller caller, SignedIn who, String address, String code) {
    List<String> codes =
        throttle.attempt(address, person(who), () -> secondFactor.confirm(caller, who, code));
    known.changed();
    return codes;
  }

  /**
   * @throws RefusedException SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED, CONFLICT, SIGN_IN_THROTTLED
   */
  public void removeSecondFactor(
      Caller caller, SignedIn who, String address, String password, String code) {
    proven(
        who,
        address,
        password,
        () -> {
          secondFactor.remove(caller, who, code);
          return who;
        });
    known.changed();
  }

  private <T> T proven(SignedIn who, String address, String password, Supplier<T> then) {
    return throttle.attempt(
        address,
        person(who),
        () -> {
          Account account = accounts.find(who.account()).orElseThrow(SignIn::refusal);
          if (!passwords.matches(password, account.passwordHash())) {
            throw SignIn.refusal();
          }
          return then.get();
        });
  }

  private static String person(SignedIn who) {
    return "account " + who.account();
  }
}
