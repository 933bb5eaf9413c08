package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.problem.Reason;
import io.tidegate.problem.RefusedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of somebody whose app is known, though the request or connection is nobody's yet: it is
 * the app's wherever it is told ({@link ToldRefusals}). How much was shown decides what it counts
 * for: a name alone is no secret, and a stranger's guesses are not the app's doing.
 */
@SuppressWarnings("serial")
public final class AppRefusedException extends RefusedException {
  private final Whose whose;

  /** What who was refused had shown. */
  public enum Shown {
    /** A secret or signature that is the key's own. */
    SECRET,
    /** A key's name, where no more is asked for. */
    NAME,
    /** A key's name with a secret or signature that is not its own: a guess. */
    GUESS
  }

  /**
   * Whose a refusal is.
   *
   * @param clientId of the token, null while it is not read
   */
  record Whose(KeyName key, @Nullable String clientId, Shown shown) {
    static Whose of(AppPrincipal who) {
      Shown shown = who.isKeyNameOnly() ? Shown.NAME : Shown.SECRET;
      return new Whose(who.key(), who.clientId(), shown);
    }

    AppId app() {
      return key.app();
    }
  }

  private AppRefusedException(RefusedException refused, Whose whose) {
    super(refused);
    this.whose = whose;
  }

  private AppRefusedException(AppRefusedException same, Reason known) {
    super(same, known);
    this.whose = same.whose;
  }

  /** Does a step for whoever shows this of a key; what refuses it is its app's. */
  static <T> T of(KeyName key, Shown shown, Supplier<T> step) {
    return of(new Whose(key, null, shown), step);
  }

  private static <T> T of(Whose whose, Supplier<T> step) {
    try {
      return step.get();
    } catch (AppRefusedException known) {
      throw known;
    } catch (RefusedException refused) {
      throw new AppRefusedException(refused, whose);
    }
  }

  /** The refusal of who guesses at a key. */
  static AppRefusedException ofGuess(KeyName key, RefusedException refused) {
    return new AppRefusedException(refused, new Whose(key, null, Shown.GUESS));
  }

  /** The refusal of who has shown a credential. */
  static AppRefusedException of(AppPrincipal who, RefusedException refused) {
    return new AppRefusedException(refused, Whose.of(who));
  }

  /** Does a step for who has shown a credential. */
  public static <T> T of(AppPrincipal who, Supplier<T> step) {
    return of(Whose.of(who), step);
  }

  /** The same of a client that its token names. */
  AppRefusedException ofClient(@Nullable String clientId) {
    return new AppRefusedException(this, new Whose(whose.key(), clientId, whose.shown()));
  }

  Whose whose() {
    return whose;
  }

  @Override
  protected RefusedException with(Reason known) {
    return new AppRefusedException(this, known);
  }
}
