package io.tidegate.auth;

import io.tidegate.auth.AppRefusedException.Shown;
import io.tidegate.auth.AppRefusedException.Whose;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Circumstance;
import io.tidegate.refusal.Occurrence;
import io.tidegate.refusal.Refusals;
import io.tidegate.usage.Meters;
import java.util.function.Supplier;

/**
 * Where every edge says that it has told a client a refusal: it counts as its app's, and is kept
 * for a day. Never waits, any thread, event loops among them.
 */
public final class ToldRefusals {
  private final Meters meters;
  private final Refusals kept;

  public ToldRefusals(Meters meters, Refusals kept) {
    this.meters = meters;
    this.kept = kept;
  }

  /** To who is known. */
  public void told(AppPrincipal who, RefusedException refused, Supplier<Circumstance> where) {
    meters.of(who.app()).refused(refused.refusal().code());
    keep(Whose.of(who), refused, where);
  }

  /** To who is nobody yet; it is an app's if the refusal says so. */
  public void told(RefusedException refused, Supplier<Circumstance> where) {
    if (refused instanceof AppRefusedException known) {
      Whose whose = known.whose();
      int code = refused.refusal().code();
      switch (whose.shown()) {
        case SECRET -> meters.of(whose.app()).refused(code);
        case NAME -> meters.of(whose.app()).refusedStranger(code);
        case GUESS -> {}
      }
      keep(whose, refused, where);
    }
  }

  /** A right that was there is gone: nothing was asked, so it counts as no refusal of anything. */
  public void lost(AppPrincipal who, RefusedException right, Supplier<Circumstance> where) {
    keep(Whose.of(who), right, where);
  }

  private void keep(Whose whose, RefusedException refused, Supplier<Circumstance> where) {
    boolean proven = whose.shown() == Shown.SECRET;
    kept.told(
        whose.app(),
        refused.refusal(),
        proven,
        (id, at) ->
            Occurrence.of(
                id, at, whose.key(), whose.clientId(), proven, refused, where.get()));
  }
}
