package io.tidegate.signin;

import io.tidegate.account.PasswordRules;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.Account;
import io.tidegate.account.store.Invitation;
import io.tidegate.account.store.JdbcInvitations;
import io.tidegate.account.store.JdbcInvitations.Newcomer;
import io.tidegate.account.store.JdbcSessions.Opened;
import io.tidegate.account.store.JdbcSessions.Visit;
import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in who was invited. */
@Singleton
public class Joining {
  private final JdbcInvitations invitations;
  private final Passwords passwords;
  private final SignIn signIn;

  Joining(JdbcInvitations invitations, Passwords passwords, SignIn signIn) {
    this.invitations = invitations;
    this.passwords = passwords;
    this.signIn = signIn;
  }

  /**
   * @throws RefusedException NOT_FOUND for one that is unknown, used, withdrawn or too old
   */
  public Invitation read(String text) {
    return invitations.read(text);
  }

  /**
   * @param who whose session asks; null without one
   * @param name for a new account only, as is the password
   * @throws RefusedException NOT_FOUND, CREDENTIAL_MISSING, ROLE_INSUFFICIENT, ALREADY_MEMBER,
   *     FIELD_INVALID, PASSWORD_UNSUITABLE
   */
  public Opened accept(
      String text,
      @Nullable SignedIn who,
      @Nullable String name,
      @Nullable String password,
      Visit visit) {
    Invitation invitation = invitations.read(text);
    Newcomer newcomer = null;
    if (invitation.existing() == null) {
      newcomer = newcomer(invitation, name, password);
    } else {
      JdbcInvitations.requireOwn(invitation.existing(), who == null ? null : who.account());
      requireNothing(name, password);
    }
    Account account =
        invitations.accept(text, who == null ? null : who.account(), newcomer, visit.requestId());
    return signIn.open(account, "invitation", visit);
  }

  private Newcomer newcomer(
      Invitation invitation, @Nullable String name, @Nullable String password) {
    List<FieldError> missing = new ArrayList<>();
    if (name == null) {
      missing.add(new FieldError("/name", "is required for a new account"));
    }
    if (password == null) {
      missing.add(new FieldError("/password", "is required for a new account"));
    }
    if (name == null || password == null) {
      throw RefusedException.ofFields(Refusal.FIELD_INVALID, "The body lacks a field.", missing);
    }
    PasswordRules.require(password, invitation.emailRead(), name);
    return new Newcomer(name, passwords.hash(password));
  }

  /** Whoever holds the link is not to set the password of an account that exists. */
  private static void requireNothing(@Nullable String name, @Nullable String password) {
    if (name != null || password != null) {
      throw RefusedException.ofField(
          Refusal.FIELD_INVALID,
          name == null ? "/password" : "/name",
          "is the account's own already");
    }
  }
}
