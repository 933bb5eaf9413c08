package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.can;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What connections keep of their tokens' rights. */
class SharedCapabilitiesTest {
  private final SharedCapabilities shared = new SharedCapabilities();

  private static Capabilities chat() {
    return can("chat:*", EnumSet.of(Operation.SUBSCRIBE, Operation.PUBLISH));
  }

  @Test
  void tokensWithEqualCapabilitiesHaveOneValue() {
    AuthFixture auth = new AuthFixture();
    Capabilities first = rights(auth, "ada", chat());
    Capabilities second = rights(auth, "bob", chat());
    Capabilities other = rights(auth, "eve", can("*", EnumSet.of(Operation.SUBSCRIBE)));
    assertThat(second).isSameAs(first).isEqualTo(chat());
    assertThat(other).isNotEqualTo(first);
  }

  private static Capabilities rights(AuthFixture auth, String client, Capabilities capabilities) {
    TokenMint.Minted minted =
        auth.mint.token(
            auth.keyPrincipal(),
            new ClientId(client),
            capabilities,
            TokenLimits.NONE,
            Duration.ofHours(1));
    return auth.authenticator.token(minted.jwt()).rights().own();
  }

  /** Those of a token each pass by; what many have stays. */
  @Test
  void noMoreAreKeptThanTheBound() {
    Capabilities first = shared.of(chat());
    for (int i = 0; i < 3 * SharedCapabilities.MAX_PATTERNS; i++) {
      Capabilities own = can("user:" + i, EnumSet.of(Operation.SUBSCRIBE));
      assertThat(shared.of(own)).isSameAs(own);
      assertThat(shared.of(chat())).isSameAs(first);
    }
    assertThat(shared.patterns()).isPositive().isLessThanOrEqualTo(SharedCapabilities.MAX_PATTERNS);
  }
}
