package io.tidegate.auth;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.App;
import io.tidegate.tenant.Directory;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page of this origin may use an app: the same list guards REST answers, WebSocket
 * upgrades and event streams. A request without an origin is not a browser's; there are no cookies
 * on the data plane, so nothing can be borrowed by leaving it out.
 */
@Singleton
public final class Origins {
  private final Directory directory;

  public Origins(Directory directory) {
    this.directory = directory;
  }

  /**
   * @param origin the {@code Origin} header, null when there is none; {@code null} as text is an
   *     opaque origin, which only {@code *} allows
   * @param host the authority that was asked, as the client knows it: the console's own pages are
   *     of it, and use every app whatever its list says
   * @throws RefusedException ORIGIN_REFUSED
   */
  public void require(AppPrincipal principal, @Nullable String origin, @Nullable String host) {
    if (!principal.isConsole() || !isOf(origin, host)) {
      require(principal, origin, Steps.UNTOLD);
    }
  }

  /** Whether an origin is of the host that was asked, by whatever scheme: proxies may end TLS. */
  public static boolean isOf(@Nullable String origin, @Nullable String host) {
    return origin != null
        && host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }

  /** By the app's list alone, telling its step. */
  public void require(AppPrincipal principal, @Nullable String origin, Steps steps) {
    if (origin == null) {
      return;
    }
    App app = directory.app(principal.app()).orElse(null);
    if (app == null || !app.allowsOrigin(origin)) {
      throw AppRefusedException.of(
          principal,
          new RefusedException(Refusal.ORIGIN_REFUSED, "pages of this origin may not use this app")
              .by(Step.ORIGINS, rule(app)));
    }
    if (steps.areHeard()) {
      steps.passed(Step.ORIGINS, rule(app));
    }
  }

  private static String rule(@Nullable App app) {
    List<String> allowed = app == null ? List.of() : app.allowedOrigins();
    return "allowedOrigins of the app are "
        + (allowed.isEmpty() ? "none" : String.join(", ", allowed));
  }
}
