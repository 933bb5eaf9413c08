package io.tidegate.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.Operation;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Credentials made of anything are refused with a 401, or are who they prove to be. */
final class CredentialFuzzing {
  private static final ChannelName CHAT = new ChannelName("chat:1");

  private final AuthFixture auth = new AuthFixture();

  void anyText(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    assertThat(outcome(() -> auth.authenticator.token(text))).isNull();
    assertThat(outcome(() -> auth.authenticator.key(text))).isNull();
    assertThat(outcome(() -> auth.authenticator.ticket(text).principal())).isNull();
    assertThat(outcome(() -> auth.authenticator.reopen(text).principal())).isNull();
    AppPrincipal named = outcome(() -> auth.authenticator.keyName(text));
    assertThat(named == null || (named.isKeyNameOnly() && !can(named))).isTrue();
  }

  /** The input is the header, a line feed, and the claims; the signature over them is good. */
  void anyJwtUnderAGoodSignature(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String header = end < 0 ? "{\"alg\":\"HS256\",\"kid\":\"482913.k1\"}" : text.substring(0, end);
    String jwt = Forge.sign(header, text.substring(end + 1));

    check(outcome(() -> auth.authenticator.token(jwt)));
    check(outcome(() -> auth.authenticator.ticket(jwt).principal()));
    check(outcome(() -> auth.authenticator.reopen(jwt).principal()));
  }

  private void check(@Nullable AppPrincipal who) {
    if (who == null) {
      return;
    }
    assertThat(who.app()).isEqualTo(AuthFixture.APP);
    assertThat(who.tenant()).isEqualTo(AuthFixture.TENANT);
    assertThat(who.key()).isEqualTo(AuthFixture.KEY);
    assertThat(who.isKey() || who.isKeyNameOnly()).isFalse();
    assertThat(who.clientId() == null || ClientId.isValid(who.clientId())).isTrue();
    assertThat(who.rights().allowSomewhere(Operation.ADMIN)).isFalse();
    long now = auth.clock.millis() / 1000;
    assertThat(who.expiresAt()).isBetween(now - 30, now + 24 * 3600 + 30);
    assertThat(auth.authenticator.recheck(who).rights().allow(Operation.ADMIN, CHAT)).isFalse();
  }

  private static boolean can(AppPrincipal who) {
    return java.util.Arrays.stream(Operation.values())
        .anyMatch(operation -> who.rights().allowSomewhere(operation));
  }

  private static @Nullable AppPrincipal outcome(Supplier<AppPrincipal> how) {
    try {
      return how.get();
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isEqualTo(401);
      return null;
    }
  }
}
