package io.tidegate.auth;

import static io.tidegate.auth.AuthFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TicketTest {
  private static final ChannelName CHAT = new ChannelName("chat:room-7");

  private final AuthFixture auth = new AuthFixture();
  private final AppPrincipal token = auth.authenticator.token(auth.goodToken().sign());

  @Test
  void ticketStandsForItsToken() {
    TokenMint.Minted minted = auth.mint.ticket(token, List.of());

    Authenticator.Ticket ticket = auth.authenticator.ticket(minted.jwt());

    assertThat(ticket.id()).isEqualTo(minted.id());
    assertThat(ticket.principal()).isEqualTo(token);
    assertThat(minted.expiresAtMillis()).isEqualTo(auth.clock.millis() + 60_000);
  }

  @Test
  void ticketOpensOnce() {
    String ticket = auth.mint.ticket(token, List.of()).jwt();
    auth.authenticator.ticket(ticket);

    assertRefused(Refusal.TICKET_SPENT, () -> auth.authenticator.ticket(ticket));
  }

  @Test
  void ticketOpensOnceThoughManyTryTogether() throws Exception {
    String ticket = auth.mint.ticket(token, List.of()).jwt();
    Callable<Boolean> attempt =
        () -> {
          try {
            auth.authenticator.ticket(ticket);
            return true;
          } catch (RefusedException spent) {
            return false;
          }
        };

    try (var threads = Executors.newFixedThreadPool(8)) {
      int opened = 0;
      for (var future : threads.invokeAll(Collections.nCopies(64, attempt))) {
        opened += future.get() ? 1 : 0;
      }
      assertThat(opened).isEqualTo(1);
    }
  }

  @Test
  void ticketIsGoodForAMinute() {
    String first = auth.mint.ticket(token, List.of()).jwt();
    String second = auth.mint.ticket(token, List.of()).jwt();
    auth.clock.move(Duration.ofMillis(59_999));
    auth.authenticator.ticket(first);
    auth.clock.move(Duration.ofMillis(1));

    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(second));
  }

  @Test
  void streamReopensUntilItsTokenEnds() {
    String jwt = auth.mint.ticket(token, List.of()).jwt();
    Authenticator.Ticket opened = auth.authenticator.ticket(jwt);
    auth.clock.move(Duration.ofMinutes(59));

    assertThat(auth.authenticator.reopen(jwt)).isEqualTo(opened);
    assertThat(auth.authenticator.reopen(jwt)).isEqualTo(opened);
    auth.clock.move(Duration.ofMinutes(2));
    assertRefused(Refusal.TOKEN_EXPIRED, () -> auth.authenticator.reopen(jwt));
  }

  @Test
  void revokedTokenTakesItsTicketsWithIt() {
    String jwt = auth.mint.ticket(token, List.of()).jwt();
    String unused = auth.mint.ticket(token, List.of()).jwt();
    auth.authenticator.ticket(jwt);
    auth.revocations.revoke(
        Caller.SYSTEM,
        AuthFixture.TENANT,
        AuthFixture.APP,
        List.of(Revocation.ofToken("t1", auth.clock.instant())));

    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.reopen(jwt));
    assertRefused(Refusal.TOKEN_REVOKED, () -> auth.authenticator.ticket(unused));
  }

  @Test
  void ticketForChannelsOpensNoOthers() {
    String jwt = auth.mint.ticket(token, List.of(CHAT)).jwt();

    Rights rights = auth.authenticator.ticket(jwt).principal().rights();

    assertThat(rights.allow(Operation.SUBSCRIBE, CHAT)).isTrue();
    assertThat(rights.allow(Operation.PUBLISH, CHAT)).isTrue();
    assertThat(rights.allow(Operation.HISTORY, CHAT)).isFalse();
    assertThat(rights.allow(Operation.SUBSCRIBE, new ChannelName("chat:room-8"))).isFalse();
  }

  @Test
  void ticketForAChannelBeyondTheTokenIsNotMade() {
    assertRefused(
        Refusal.CAPABILITY_REFUSED,
        () -> auth.mint.ticket(token, List.of(CHAT, new ChannelName("secret"))));
    assertRefused(
        Refusal.FIELD_INVALID, () -> auth.mint.ticket(token, List.of(new ChannelName("chat:*"))));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> auth.mint.ticket(token, List.of(CHAT, new ChannelName("*"))))
        .extracting(RefusedException::field)
        .isEqualTo("/channels/1");
  }

  @Test
  void keyGetsNoTicket() {
    assertRefused(Refusal.TOKEN_REQUIRED, () -> auth.mint.ticket(auth.keyPrincipal(), List.of()));
  }

  @Test
  void tokenIsNoTicketAndTicketIsNoToken() {
    String ticket = auth.mint.ticket(token, List.of()).jwt();
    String retyped = auth.goodToken().withoutHeader("typ").sign();

    assertRefused(Refusal.TOKEN_INVALID, () -> auth.authenticator.token(ticket));
    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(auth.goodToken().sign()));
    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(retyped));
    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.reopen(retyped));
  }

  @Test
  void ticketSignedForLongerThanAMinuteIsRefused() {
    String jwt =
        auth.goodToken()
            .header("typ", "\"tidegate-ticket+jwt\"")
            .claim("tid", "\"mine\"")
            .claim("use", auth.clock.seconds() + 600)
            .sign();

    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(jwt));
  }

  @Test
  void eachTicketIsSpentByItself() {
    String first = auth.mint.ticket(token, List.of()).jwt();
    String second = auth.mint.ticket(token, List.of()).jwt();
    auth.authenticator.ticket(first);

    assertThat(auth.authenticator.ticket(second).principal()).isEqualTo(token);
  }

  @Test
  void ticketOfAnotherAppWithTheSameIdIsAnother() {
    Forge theirs =
        forged("mine", auth.clock.seconds() + 60)
            .header("kid", "\"771204.k1\"")
            .claim("aud", "\"771204\"")
            .secret(AuthFixture.OTHER_SECRET);
    auth.authenticator.ticket(forged("mine", auth.clock.seconds() + 60).sign());

    assertThat(auth.authenticator.ticket(theirs.sign()).principal().app())
        .isEqualTo(AuthFixture.OTHER_APP);
  }

  @Test
  void ticketMayBeUsedAsFarAheadAsClocksMayBeApart() {
    auth.clock.move(Duration.ofMillis(500));
    long now = auth.clock.seconds();
    auth.authenticator.ticket(forged("a", now + 90).sign());

    assertRefused(
        Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(forged("b", now + 91).sign()));
  }

  @Test
  void ticketForMoreChannelsThanFitIntoARequestIsNotMade() {
    AppPrincipal all =
        auth.authenticator.token(auth.goodToken().claim("cap", "{\"*\":[\"subscribe\"]}").sign());
    List<ChannelName> many =
        IntStream.range(0, 50).mapToObj(i -> new ChannelName("x".repeat(200) + i)).toList();

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> auth.mint.ticket(all, many))
        .extracting(RefusedException::field)
        .isEqualTo("/channels");
    auth.mint.ticket(all, many.subList(0, 10));
  }

  private Forge forged(String id, long useBy) {
    return auth.goodToken()
        .header("typ", "\"tidegate-ticket+jwt\"")
        .claim("tid", "\"" + id + "\"")
        .claim("use", useBy);
  }

  @Test
  void forgedTicketIsRefusedAndSpendsNothing() {
    String jwt = auth.mint.ticket(token, List.of()).jwt();
    String forged = jwt.substring(0, jwt.lastIndexOf('.') + 1) + "AAAA";

    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket(forged));
    assertRefused(Refusal.TICKET_INVALID, () -> auth.authenticator.ticket("x"));
    auth.authenticator.ticket(jwt);
  }
}
