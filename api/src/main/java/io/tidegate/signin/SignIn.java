package io.tidegate.signin;

import io.tidegate.account.Email;
import io.tidegate.account.store.Account;
import io.tidegate.account.store.JdbcAccounts;
import io.tidegate.account.store.JdbcLinks;
import io.tidegate.account.store.JdbcOperators;
import io.tidegate.account.store.JdbcSessions;
import io.tidegate.account.store.JdbcSessions.Opened;
import io.tidegate.account.store.JdbcSessions.Visit;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions. An e-mail that nobody has costs the same work and gets the same answer as a wrong
 * password.
 */
@Singleton
public class SignIn {
  private final JdbcAccounts accounts;
  private final JdbcLinks links;
  private final JdbcOperators operators;
  private final JdbcSessions sessions;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final SignInThrottle throttle;
  private final FailedSignIns failed;
  private final Sessions known;

  SignIn(
      JdbcAccounts accounts,
      JdbcLinks links,
      JdbcOperators operators,
      JdbcSessions sessions,
      Passwords passwords,
      SecondFactor secondFactor,
      SignInThrottle throttle,
      FailedSignIns failed,
      Sessions known) {
    this.accounts = accounts;
    this.links = links;
    this.operators = operators;
    this.sessions = sessions;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.throttle = throttle;
    this.failed = failed;
    this.known = known;
  }

  /**
   * @param code of the second factor, or a recovery code; null for none
   * @throws RefusedException SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED, SIGN_IN_THROTTLED, OVERLOADED
   */
  public Opened withPassword(Email email, String password, @Nullable String code, Visit visit) {
    return throttle.attempt(
        visit.address(),
        email.key(),
        () -> {
          Account account = accounts.find(email).orElse(null);
          boolean right =
              passwords.matches(password, account == null ? null : account.passwordHash());
          if (account == null || !right) {
            throw refuse(account, refusal(), visit);
          }
          try {
            secondFactor.require(account.accountId(), code);
          } catch (WrongCodeException wrong) {
            throw refuse(account, wrong, visit);
          }
          return open(account, "password", visit);
        });
  }

  /**
   * With the link of a start: as the installation's first operator. Who has it has the machine, so
   * no second factor is asked for.
   *
   * @throws RefusedException SIGN_IN_REFUSED, SIGN_IN_THROTTLED
   */
  public Opened withLink(String link, Visit visit) {
    return throttle.attempt(
        visit.address(),
        null,
        () -> {
          if (!links.use(link)) {
            throw refuse(null, refusal(), visit);
          }
          return open(operators.first(), "link", visit);
        });
  }

  /** A session for who was made or let in otherwise. */
  public Opened open(Account account, String with, Visit visit) {
    Opened opened = sessions.open(account, with, visit);
    known.changed();
    return opened;
  }

  private RefusedException refuse(
      @Nullable Account account, RefusedException refused, Visit visit) {
    failed.record(
        account == null ? null : account.accountId(), refused, visit.address(), visit.requestId());
    return refused;
  }

  static RefusedException refusal() {
    return new RefusedException(Refusal.SIGN_IN_REFUSED, "E-mail, password or link is not good.");
  }
}
