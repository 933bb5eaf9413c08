package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.auth.Revocation.Kind;
import io.tidegate.channel.AppId;
import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of revocations promises. Each test has an app of its own. */
abstract class RevocationStoreContract {
  static final Caller BY =
      new Caller(
          new Actor(Actor.Kind.KEY, "482913.k1", null), Role.VIEWER, AuthFixture.TENANT, "req-1");
  private static final Instant NOW = Instant.parse("2026-05-04T09:30:00.123Z");

  abstract RevocationStore store();

  /** A new app of the tenant. */
  abstract AppId newApp();

  @Test
  void whatIsAddedIsLoaded() {
    AppId app = newApp();
    Revocation client = Revocation.issuedBefore(Kind.CLIENT, "ada ü😀", 1_777_887_000_123L, NOW);
    Revocation key = Revocation.issuedBefore(Kind.KEY, "k1", 1_777_887_000_000L, NOW);
    Revocation token = Revocation.ofToken("t1", NOW);

    store().add(BY, AuthFixture.TENANT, app, List.of(client, token, key));

    assertThat(store().load(app, NOW)).containsExactlyInAnyOrder(client, key, token);
    assertThat(store().load(newApp(), NOW)).isEmpty();
  }

  @Test
  void oneTargetIsWidenedNeverNarrowed() {
    AppId app = newApp();
    long now = NOW.toEpochMilli();
    Revocation early = Revocation.issuedBefore(Kind.CLIENT, "ada", now - 5_000, NOW);
    Revocation late = Revocation.issuedBefore(Kind.CLIENT, "ada", now + 5_000, NOW);

    store().add(BY, AuthFixture.TENANT, app, List.of(late));
    store().add(BY, AuthFixture.TENANT, app, List.of(early));

    assertThat(store().load(app, NOW)).containsExactly(late);
  }

  @Test
  void sameNameOfAnotherKindOrAppIsAnother() {
    AppId app = newApp();
    AppId other = newApp();
    Revocation client = Revocation.issuedBefore(Kind.CLIENT, "k1", 1, NOW);
    Revocation key = Revocation.issuedBefore(Kind.KEY, "k1", 2, NOW);
    Revocation elsewhere = Revocation.issuedBefore(Kind.KEY, "k1", 3, NOW);

    store().add(BY, AuthFixture.TENANT, app, List.of(client, key));
    store().add(BY, AuthFixture.TENANT, other, List.of(elsewhere));

    assertThat(store().load(app, NOW)).containsExactlyInAnyOrder(client, key);
    assertThat(store().load(other, NOW)).containsExactly(elsewhere);
  }

  @Test
  void expiredOnesAreNeitherLoadedNorKept() {
    AppId app = newApp();
    Revocation revocation = Revocation.ofToken("t1", NOW);
    store().add(BY, AuthFixture.TENANT, app, List.of(revocation));
    Instant expiry = revocation.expiresAt();

    assertThat(store().load(app, expiry.minusMillis(1))).hasSize(1);
    assertThat(store().load(app, expiry)).isEmpty();
    store().dropExpired(expiry.minusMillis(1));
    assertThat(store().load(app, NOW)).hasSize(1);
    assertThat(store().dropExpired(expiry)).isPositive();
    assertThat(store().load(app, NOW)).isEmpty();
    assertThat(store().dropExpired(expiry)).isZero();
  }
}
