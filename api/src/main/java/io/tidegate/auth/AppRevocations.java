package io.tidegate.auth;

import io.tidegate.auth.Revocation.Kind;
import io.tidegate.auth.Revocation.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All revocations of one app at one time; a change makes a new one. */
record AppRevocations(Map<Target, Revocation> byTarget) {
  AppRevocations {
    byTarget = Map.copyOf(byTarget);
  }

  static AppRevocations of(Collection<Revocation> revocations) {
    return new AppRevocations(Map.of()).plus(revocations);
  }

  AppRevocations plus(Collection<Revocation> more) {
    Map<Target, Revocation> all = new HashMap<>(byTarget);
    more.forEach(revocation -> all.merge(revocation.target(), revocation, Revocation::or));
    return new AppRevocations(all);
  }

  AppRevocations without(Instant now) {
    Map<Target, Revocation> left = new HashMap<>(byTarget);
    left.values().removeIf(revocation -> !revocation.expiresAt().isAfter(now));
    return left.size() == byTarget.size() ? this : new AppRevocations(left);
  }

  int size() {
    return byTarget.size();
  }

  boolean cover(AppPrincipal token) {
    return !byTarget.isEmpty()
        && (covers(Kind.TOKEN, token.tokenId(), token.issuedAtMillis())
            || covers(Kind.CLIENT, token.clientId(), token.issuedAtMillis())
            || covers(Kind.KEY, token.key().keyId(), token.issuedAtMillis()));
  }

  private boolean covers(Kind kind, @Nullable String value, long issuedAtMillis) {
    if (value == null) {
      return false;
    }
    Revocation revocation = byTarget.get(new Target(kind, value));
    return revocation != null && issuedAtMillis < revocation.issuedBeforeMillis();
  }
}
