package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.ConnectionState;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import io.tidegate.sdk.internal.live.Input.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs lead to states and effects; nothing is opened and nobody waits. */
class ConnectionMachineTest {
  private static final String KEY = "n1!key";
  private static final TidegateException AWAY =
      TidegateException.local(Local.NO_ANSWER, "away", null);

  private final ConnectionMachine machine = new ConnectionMachine(new SplittableRandom(7));

  /** What the last input led to. */
  private List<Effect> effects = List.of();

  @Test
  void aTokenIsFetchedTheSocketOpenedAndTheTokenShown() {
    on(new Input.Connect());
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTING);
    assertThat(fetch().refused()).isNull();
    give("Bearer one", 3_600_000L);
    assertThat(only(Effect.Open.class)).isEqualTo(new Effect.Open(0, null, null));
    on(new Input.Opened());
    assertThat(only(Effect.Authenticate.class)).isEqualTo(new Effect.Authenticate("one", null));
    connected(false);
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTED);
    assertThat(only(Effect.Attach.class)).isEqualTo(new Effect.Attach(false));
    assertThat(delay(Timer.RENEW)).isEqualTo(3_540_000);
  }

  @Test
  void aKeyGoesIntoTheHandshakeAndResumesThere() {
    on(new Input.Connect());
    give("Basic abc", null);
    assertThat(only(Effect.Open.class)).isEqualTo(new Effect.Open(0, "Basic abc", null));
    on(new Input.Opened());
    assertThat(all(Effect.Authenticate.class)).isEmpty();
    connected(false);
    on(new Input.Gone(1006, AWAY));
    on(new Input.Due(Timer.RETRY));
    give("Basic abc", null);
    assertThat(only(Effect.Open.class)).isEqualTo(new Effect.Open(0, "Basic abc", KEY));
  }

  @Test
  void aLostConnectionComesBackWithItsKeyAfterAJitteredWait() {
    connect();
    on(new Input.Gone(1006, AWAY));
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
    assertThat(delay(Timer.RETRY)).isBetween(0L, 500L);
    assertThat(only(Effect.Detach.class)).isNotNull();
    on(new Input.Due(Timer.RETRY));
    give("Bearer one", null);
    on(new Input.Opened());
    assertThat(only(Effect.Authenticate.class)).isEqualTo(new Effect.Authenticate("one", KEY));
    connected(true);
    assertThat(only(Effect.Attach.class)).isEqualTo(new Effect.Attach(true));
  }

  @Test
  void theWaitDoublesToThirtySecondsAndIsForgottenOnceStable() {
    on(new Input.Connect());
    long most = 0;
    for (int i = 0; i < 200; i++) {
      give("Bearer one", null);
      on(new Input.Gone(1006, AWAY));
      long wait = delay(Timer.RETRY);
      assertThat(wait).isBetween(0L, Math.min(30_000L, 500L << Math.min(i, 10)));
      most = Math.max(most, wait);
      on(new Input.Due(Timer.RETRY));
    }
    assertThat(most).isGreaterThan(20_000);
    finish();
    on(new Input.Due(Timer.STABLE));
    on(new Input.Gone(1006, AWAY));
    assertThat(delay(Timer.RETRY)).isBetween(0L, 500L);
  }

  @ParameterizedTest
  @ValueSource(ints = {4009, 4010, 4011, 4003, 4004})
  void closedToStayAwayItStaysAway(int code) {
    connect();
    on(new Input.Refused(Refusals.of(40307, "Disconnected", null)));
    on(new Input.Gone(code, null));
    assertThat(machine.state()).isEqualTo(ConnectionState.FAILED);
    assertThat(all(Effect.Start.class)).isEmpty();
    assertThat(only(Effect.Fail.class).reason().code()).isEqualTo(40307);
    on(new Input.Connect());
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTING);
  }

  @Test
  void theServersAdviceGoesBeforeTheBackOff() {
    connect();
    on(new Input.Refused(Refusals.of(42930, "Behind", 8_123L)));
    on(new Input.Gone(4108, null));
    assertThat(delay(Timer.RETRY)).isEqualTo(8_123);
  }

  @Test
  void aNodeThatGoesDownIsLeftAfterItsAdvice() {
    connect();
    on(new Input.Reconnect(3_170));
    assertThat(delay(Timer.MOVE)).isEqualTo(3_170);
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTED);
    on(new Input.Due(Timer.MOVE));
    assertThat(only(Effect.Drop.class)).isEqualTo(new Effect.Drop(false));
    assertThat(delay(Timer.RETRY)).isZero();
  }

  @Test
  void whenItIsClosedFirstTheAdviceCountsFromThere() {
    connect();
    on(new Input.Reconnect(3_170));
    on(new Input.Gone(4200, null));
    assertThat(delay(Timer.RETRY)).isEqualTo(3_170);
  }

  @Test
  void anExpiredTokenIsReplacedAtOnceAndThenWithPatience() {
    connect();
    expire();
    assertThat(delay(Timer.RETRY)).isZero();
    on(new Input.Due(Timer.RETRY));
    assertThat(fetch().refused()).isEqualTo("Bearer one");
    give("Bearer one", null);
    on(new Input.Opened());
    expire();
    boolean waits = false;
    for (int i = 0; i < 20; i++) {
      waits |= delay(Timer.RETRY) > 0;
      on(new Input.Due(Timer.RETRY));
      give("Bearer one", null);
      on(new Input.Opened());
      expire();
    }
    assertThat(waits).isTrue();
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  @Test
  void aRefusedTokenIsReplacedOnceByAFreshOne() {
    on(new Input.Connect());
    give("Bearer old", null);
    on(new Input.Opened());
    on(new Input.Refused(Refusals.of(40141, "Revoked", null)));
    on(new Input.Gone(4007, null));
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
    assertThat(delay(Timer.RETRY)).isZero();
    on(new Input.Due(Timer.RETRY));
    assertThat(fetch().refused()).isEqualTo("Bearer old");
    give("Bearer new", null);
    on(new Input.Opened());
    on(new Input.Refused(Refusals.of(40141, "Revoked", null)));
    on(new Input.Gone(4007, null));
    assertThat(machine.state()).isEqualTo(ConnectionState.FAILED);
  }

  @Test
  void anotherIdentityIsFinal() {
    connect();
    on(new Input.Refused(Refusals.of(40102, "Identity", null)));
    on(new Input.Gone(4003, null));
    assertThat(machine.state()).isEqualTo(ConnectionState.FAILED);
  }

  @Test
  void aKeyThatIsRefusedIsFinal() {
    on(new Input.Connect());
    give("Basic abc", null);
    on(new Input.Gone(1006, Refusals.of(40101, "Unknown", null)));
    assertThat(machine.state()).isEqualTo(ConnectionState.FAILED);
  }

  @Test
  void aTokenIsRenewedOnTheOpenConnectionBeforeItEnds() {
    connect();
    on(new Input.Due(Timer.RENEW));
    assertThat(fetch().refused()).isEqualTo("Bearer one");
    on(new Input.Expiring());
    assertThat(all(Effect.Fetch.class)).as("one at a time").isEmpty();
    give("Bearer two", 40_000L);
    assertThat(only(Effect.Renew.class)).isEqualTo(new Effect.Renew("two"));
    assertThat(delay(Timer.RENEW)).as("half of a short life").isEqualTo(20_000);
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTED);
  }

  private int lastAsk;

  @Test
  void aProviderThatFailsIsAskedAgain() {
    connect();
    on(new Input.Expiring());
    on(new Input.NoCredential(fetch().ask(), AWAY));
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTED);
    assertThat(delay(Timer.RENEW)).isBetween(0L, 500L);
    on(new Input.Gone(1006, AWAY));
    on(new Input.Due(Timer.RETRY));
    on(new Input.NoCredential(fetch().ask(), AWAY));
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
    assertThat(delay(Timer.RETRY)).isBetween(0L, 1_000L);
  }

  @Test
  void awayForTwoMinutesItSaysSoAndGoesOnTrying() {
    connect();
    on(new Input.Gone(1006, AWAY));
    assertThat(delay(Timer.SUSPEND)).isEqualTo(120_000);
    on(new Input.Due(Timer.SUSPEND));
    assertThat(machine.state()).isEqualTo(ConnectionState.SUSPENDED);
    on(new Input.Due(Timer.RETRY));
    assertThat(machine.state()).isEqualTo(ConnectionState.CONNECTING);
    give("Bearer one", null);
    on(new Input.Gone(1006, AWAY));
    assertThat(machine.state()).isEqualTo(ConnectionState.SUSPENDED);
    on(new Input.Due(Timer.RETRY));
    finish();
    on(new Input.Gone(1006, AWAY));
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  @Test
  void anUnreachableGatewayLeadsToTheNextUrl() {
    on(new Input.Connect());
    give("Bearer one", null);
    on(new Input.Gone(1006, AWAY));
    on(new Input.Due(Timer.RETRY));
    give("Bearer one", null);
    assertThat(only(Effect.Open.class).url()).isEqualTo(1);
  }

  @Test
  void closingEndsEverythingAndNothingComesAfter() {
    connect();
    on(new Input.Close());
    assertThat(machine.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(only(Effect.Drop.class)).isEqualTo(new Effect.Drop(true));
    assertThat(only(Effect.Fail.class).reason().is(Local.CLOSED)).isTrue();
    for (Input late :
        List.of(
            new Input.Gone(1000, null),
            new Input.Due(Timer.RETRY),
            new Input.Due(Timer.RENEW),
            new Input.Expiring(),
            new Input.Opened(),
            new Input.Close())) {
      on(late);
      assertThat(effects).isEmpty();
    }
  }

  @Test
  void aDeadLinkIsReplaced() {
    connect();
    on(new Input.Dead(AWAY));
    assertThat(only(Effect.Drop.class)).isEqualTo(new Effect.Drop(false));
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
    assertThat(delay(Timer.RETRY)).isBetween(0L, 500L);
  }

  @Test
  void openingThatTakesTooLongIsGivenUp() {
    on(new Input.Connect());
    give("Bearer one", null);
    assertThat(delay(Timer.OPENING)).isPositive();
    on(new Input.Due(Timer.OPENING));
    assertThat(only(Effect.Drop.class)).isNotNull();
    assertThat(machine.state()).isEqualTo(ConnectionState.DISCONNECTED);
  }

  @Test
  void aCredentialThatComesTooLateIsNotUsed() {
    on(new Input.Connect());
    int ask = fetch().ask();
    on(new Input.Close());
    on(new Input.Connect());
    on(new Input.Credential(ask, "Bearer late", true, null));
    assertThat(effects).isEmpty();
  }

  private void expire() {
    on(new Input.Refused(Refusals.of(40142, "Expired", null)));
    on(new Input.Gone(4201, null));
  }

  private void connect() {
    on(new Input.Connect());
    finish();
  }

  private void finish() {
    give("Bearer one", 3_600_000L);
    on(new Input.Opened());
    connected(false);
  }

  private void connected(boolean resumed) {
    on(new Input.Connected("n1", KEY, resumed, 25_000));
  }

  private void give(String authorization, @org.jspecify.annotations.Nullable Long lifeMs) {
    on(new Input.Credential(lastAsk, authorization, authorization.startsWith("Bearer"), lifeMs));
  }

  private void on(Input input) {
    effects = machine.on(input);
    all(Effect.Fetch.class).forEach(fetch -> lastAsk = fetch.ask());
  }

  private Effect.Fetch fetch() {
    return only(Effect.Fetch.class);
  }

  private <T extends Effect> List<T> all(Class<T> type) {
    List<T> found = new ArrayList<>();
    effects.stream().filter(type::isInstance).forEach(effect -> found.add(type.cast(effect)));
    return found;
  }

  private <T extends Effect> T only(Class<T> type) {
    assertThat(all(type)).as("of %s", effects).hasSize(1);
    return Objects.requireNonNull(all(type).get(0));
  }

  private long delay(Timer timer) {
    return all(Effect.Start.class).stream()
        .filter(start -> start.timer() == timer)
        .mapToLong(Effect.Start::ms)
        .findFirst()
        .orElseThrow(() -> new AssertionError(timer + " was not started: " + effects));
  }
}
