package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.broker.MemoryBroker;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.MemoryDirectory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An installation of two tenants with an app each, in memory, and a clock that stands. */
final class AuthFixture {
  static final TenantId TENANT =
      new TenantId(UUID.fromString("0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d"));
  static final TenantId OTHER_TENANT =
      new TenantId(UUID.fromString("0197f3c2-6b1e-7c3a-9d52-000000000002"));
  static final AppId APP = new AppId("482913");
  static final AppId OTHER_APP = new AppId("771204");
  static final KeyName KEY = name("482913.k1");
  static final KeyName OTHER_KEY = name("771204.k1");
  static final String SECRET = "q7Jm2v0xWc4Rz9TnKe1LyBaUoHs5DfGi8PwXrVtMq3E";
  static final String OTHER_SECRET = "Zk0aTq8YvNw3Lr6BxPf9HsGm1CdJe7UiOo2VtRyXn5Q";

  final MovableClock clock = new MovableClock();
  final MemoryDirectory directory = new MemoryDirectory();
  final MemoryRevocationStore store = new MemoryRevocationStore();
  final Revocations revocations = new Revocations(store, clock);
  final List<KeyName> used = new ArrayList<>();
  final Authenticator authenticator;
  final TokenMint mint;
  final ConsoleTokens console = new ConsoleTokens(new byte[32], directory, clock);

  AuthFixture() {
    directory.putApp(APP, TENANT);
    directory.putApp(OTHER_APP, OTHER_TENANT);
    directory.putKey(KEY, SECRET, can("*", EnumSet.allOf(Operation.class)));
    directory.putKey(OTHER_KEY, OTHER_SECRET, can("*", EnumSet.allOf(Operation.class)));
    KeyRing keys = new KeyRing(directory, clock);
    this.mint = new TokenMint(keys, clock);
    this.authenticator =
        new AppAuthenticator(
            keys,
            new KeySignature(keys),
            console,
            revocations,
            new MemoryBroker(clock, 1 << 20),
            used::add,
            clock);
  }

  static KeyName name(String text) {
    return Objects.requireNonNull(KeyName.parse(text));
  }

  static Capabilities can(String pattern, Set<Operation> operations) {
    return new Capabilities(Map.of(new ChannelPattern(pattern), operations));
  }

  AppPrincipal keyPrincipal() {
    return authenticator.key(KEY + ":" + SECRET);
  }

  Forge goodToken() {
    return Forge.goodToken(clock);
  }

  static void assertRefused(Refusal refusal, ThrowingCallable attempt) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(attempt)
        .extracting(RefusedException::refusal)
        .isEqualTo(refusal);
  }
}
