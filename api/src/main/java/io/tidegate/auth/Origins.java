package io.tidegate.auth;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Directory;
import jakarta.inject.Singleton;
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
   * @throws RefusedException ORIGIN_REFUSED
   */
  public void require(AppPrincipal principal, @Nullable String origin) {
    if (origin == null) {
      return;
    }
    boolean allowed =
        directory.app(principal.app()).filter(app -> app.allowsOrigin(origin)).isPresent();
    if (!allowed) {
      throw AppRefusedException.of(
          principal,
          new RefusedException(
              Refusal.ORIGIN_REFUSED, "pages of this origin may not use this app"));
    }
  }
}
