package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import io.tidegate.usage.Meters;
import java.util.function.Supplier;

/**
 * A refusal of somebody whose app is known, though the request or connection is nobody's yet: it
 * counts as the app's wherever it is told. What is refused before a secret or signature was found
 * to be good stays nobody's: a name alone is no secret, and a stranger's guesses are not the app's
 * doing.
 */
@SuppressWarnings("serial")
public final class AppRefusedException extends RefusedException {
  private final AppId app;
  private final boolean proven;

  private AppRefusedException(RefusedException refused, AppId app, boolean proven) {
    super(refused);
    this.app = app;
    this.proven = proven;
  }

  /**
   * Does a step for an app; what refuses it is the app's.
   *
   * @param proven whether a secret was shown; what a mere name brings is counted up to a bound
   */
  static <T> T of(AppId app, boolean proven, Supplier<T> step) {
    try {
      return step.get();
    } catch (AppRefusedException known) {
      throw known;
    } catch (RefusedException refused) {
      throw new AppRefusedException(refused, app, proven);
    }
  }

  /** The refusal of who has shown a credential. */
  static AppRefusedException of(AppPrincipal who, RefusedException refused) {
    return new AppRefusedException(refused, who.app(), !who.isKeyNameOnly());
  }

  /** Does a step for who has shown a credential. */
  public static <T> T of(AppPrincipal who, Supplier<T> step) {
    return of(who.app(), !who.isKeyNameOnly(), step);
  }

  /** Counts a refusal that is being told, if it is an app's. */
  public static void count(RefusedException told, Meters meters) {
    if (told instanceof AppRefusedException known) {
      int code = known.refusal().code();
      if (known.proven) {
        meters.of(known.app).refused(code);
      } else {
        meters.of(known.app).refusedStranger(code);
      }
    }
  }
}
