package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.APP;
import static io.tidegate.auth.AuthFixture.TENANT;
import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.auth.Revocation.Kind;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private final AuthFixture auth = new AuthFixture();

  @Test
  void revokedTokenIsRefusedAtOnceAndOnLiveConnections() {
    AppPrincipal principal = auth.authenticator.token(auth.goodToken().sign());
    List<AppId> heard = new ArrayList<>();
    auth.revocations.listen(heard::add);

    revoke(Revocation.ofToken("t1", now()));

    assertThat(heard).containsExactly(APP);
    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.recheck(principal));
    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.token(auth.goodToken().sign()));
    auth.authenticator.token(auth.goodToken().claim("jti", "\"t2\"").sign());
  }

  @Test
  void revokedClientComesBackWithALaterTokenOfTheSameSecond() {
    AppPrincipal before = issue("ada");
    AppPrincipal other = issue("grace");
    auth.clock.move(Duration.ofMillis(1));
    revoke(Revocation.issuedBefore(Kind.CLIENT, "ada", auth.clock.millis(), now()));
    AppPrincipal after = issue("ada");

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.recheck(before));
    auth.authenticator.recheck(other);
    auth.authenticator.recheck(after);
  }

  @Test
  void revokingByKeySparesTheKeyItself() {
    AppPrincipal before = issue("ada");
    auth.clock.move(Duration.ofSeconds(1));
    revoke(Revocation.issuedBefore(Kind.KEY, "k1", auth.clock.millis(), now()));

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.recheck(before));
    auth.authenticator.recheck(auth.keyPrincipal());
    issue("ada");
  }

  @Test
  void earlierTimeNeverTakesBackALaterRevocation() {
    AppPrincipal principal = issue("ada");
    auth.clock.move(Duration.ofSeconds(10));
    revoke(Revocation.issuedBefore(Kind.CLIENT, "ada", auth.clock.millis(), now()));
    revoke(Revocation.issuedBefore(Kind.CLIENT, "ada", auth.clock.millis() - 20_000, now()));

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.recheck(principal));
  }

  @Test
  void revocationOfOneAppLeavesTheOthersAlone() {
    String theirs =
        auth.goodToken()
            .header("kid", "\"771204.k1\"")
            .claim("aud", "\"771204\"")
            .secret(AuthFixture.OTHER_SECRET)
            .sign();
    revoke(Revocation.ofToken("t1", now()));

    assertThat(auth.authenticator.token(theirs).tenant()).isEqualTo(AuthFixture.OTHER_TENANT);
  }

  @Test
  void newNodeKnowsWhatWasRevokedBefore() {
    revoke(Revocation.ofToken("t1", now()));
    Revocations elsewhere = new Revocations(auth.store, auth.clock);
    AppPrincipal other = auth.authenticator.token(auth.goodToken().claim("jti", "\"t2\"").sign());

    elsewhere.requireNotRevoked(other);
    auth.store.add(Caller.SYSTEM, TENANT, APP, List.of(Revocation.ofToken("t2", now())));
    elsewhere.requireNotRevoked(other);
    elsewhere.reload(APP);
    assertRefused(Refusal.TOKEN_REVOKED, () -> elsewhere.requireNotRevoked(other));
  }

  @Test
  void revocationOutlivesEveryTokenItCovers() {
    String longest =
        auth.goodToken()
            .claim("iat", auth.clock.seconds() + 30)
            .claim("exp", auth.clock.seconds() + 30 + 86_400)
            .sign();
    revoke(Revocation.ofToken("t1", now()));
    auth.clock.move(Duration.ofSeconds(86_400 + 59));
    auth.revocations.dropExpired();

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.token(longest));
    auth.clock.move(Duration.ofSeconds(1));
    auth.revocations.dropExpired();
    assertThat(auth.store.load(APP, Instant.EPOCH)).isEmpty();
    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.token(longest));
  }

  @Test
  void knownAppsServeOnWhileTheStoreIsAway() {
    RevocationStore away = new StoreThatGoesAway(auth.store);
    Revocations revocations = new Revocations(away, auth.clock);
    AppPrincipal principal = auth.authenticator.token(auth.goodToken().sign());
    revocations.requireNotRevoked(principal);
    ((StoreThatGoesAway) away).away = true;

    revocations.requireNotRevoked(principal);
    assertRefused(
        Refusal.STORE_UNAVAILABLE,
        () -> new Revocations(away, auth.clock).requireNotRevoked(principal));
    assertRefused(
        Refusal.STORE_UNAVAILABLE,
        () ->
            revocations.revoke(
                Caller.SYSTEM, TENANT, APP, List.of(Revocation.ofToken("t1", now()))));
    revocations.requireNotRevoked(principal);
  }

  @Test
  void whatWasRevokedStaysRevokedWhileTheStoreIsAway() {
    StoreThatGoesAway away = new StoreThatGoesAway(auth.store);
    Revocations revocations = new Revocations(away, auth.clock);
    AppPrincipal first = auth.authenticator.token(auth.goodToken().sign());
    AppPrincipal second = auth.authenticator.token(auth.goodToken().claim("jti", "\"t2\"").sign());
    AppPrincipal third = auth.authenticator.token(auth.goodToken().claim("jti", "\"t3\"").sign());
    List<AppId> heard = new ArrayList<>();
    revocations.requireNotRevoked(first);
    revocations.revoke(Caller.SYSTEM, TENANT, APP, List.of(Revocation.ofToken("t1", now())));
    away.away = true;
    assertRefused(Refusal.TOKEN_REVOKED, () -> revocations.requireNotRevoked(first));
    away.away = false;
    auth.store.add(Caller.SYSTEM, TENANT, APP, List.of(Revocation.ofToken("t2", now())));
    revocations.listen(heard::add);
    revocations.reload(APP);
    assertThat(heard).containsExactly(APP);
    away.away = true;
    assertRefused(Refusal.TOKEN_REVOKED, () -> revocations.requireNotRevoked(second));
    away.away = false;
    revocations.dropExpired();
    away.away = true;
    assertRefused(Refusal.TOKEN_REVOKED, () -> revocations.requireNotRevoked(first));
    revocations.requireNotRevoked(third);
  }

  @Test
  void tokenOfNoClientIsSparedWhenAClientIsRevoked() {
    AppPrincipal anonymous = auth.authenticator.token(auth.goodToken().without("sub").sign());
    auth.clock.move(Duration.ofMillis(1));
    revoke(Revocation.issuedBefore(Kind.CLIENT, "ada", auth.clock.millis(), now()));

    assertThat(auth.authenticator.recheck(anonymous)).isEqualTo(anonymous);
  }

  @Test
  void kindsHaveTheNamesTheyAreStoredUnder() {
    assertThat(Kind.values()).extracting(Kind::wireName).containsExactly("key", "client", "token");
    for (Kind kind : Kind.values()) {
      assertThat(Kind.ofWireName(kind.wireName())).isEqualTo(kind);
    }
  }

  @Test
  void oneAppCannotFillTheMemory() {
    List<Revocation> many =
        IntStream.range(0, Revocations.MAX_PER_APP)
            .mapToObj(i -> Revocation.ofToken("x" + i, now()))
            .toList();
    revoke(many.toArray(Revocation[]::new));

    assertRefused(Refusal.REQUEST_RATE_EXCEEDED, () -> revoke(Revocation.ofToken("t1", now())));
    auth.clock.move(Duration.ofHours(25));
    revoke(Revocation.ofToken("t1", now()));
  }

  private AppPrincipal issue(String clientId) {
    return auth.authenticator.token(
        auth.mint
            .token(
                auth.keyPrincipal(),
                new ClientId(clientId),
                AuthFixture.can("*", EnumSet.of(Operation.SUBSCRIBE)),
                TokenLimits.NONE,
                Duration.ofHours(1))
            .jwt());
  }

  private void revoke(Revocation... revocations) {
    auth.revocations.revoke(Caller.SYSTEM, TENANT, APP, List.of(revocations));
  }

  private Instant now() {
    return auth.clock.instant();
  }

  private static final class StoreThatGoesAway implements RevocationStore {
    private final RevocationStore store;
    private boolean away;

    StoreThatGoesAway(RevocationStore store) {
      this.store = store;
    }

    @Override
    public void add(Caller by, TenantId tenant, AppId app, List<Revocation> revocations) {
      there().add(by, tenant, app, revocations);
    }

    @Override
    public List<Revocation> load(AppId app, Instant now) {
      return there().load(app, now);
    }

    @Override
    public int dropExpired(Instant now) {
      return there().dropExpired(now);
    }

    private RevocationStore there() {
      if (away) {
        throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
      }
      return store;
    }
  }
}
