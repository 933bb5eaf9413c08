package io.tidegate.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.publish.Principals;
import io.tidegate.webhook.send.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a connect hook makes of who comes, and for how long that holds. */
class ConnectHookTest {
  private static final Visit HOME = new Visit("websocket", "192.0.2.1", null);
  private static final Visit AWAY = new Visit("websocket", "192.0.2.2", null);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final AtomicInteger calls = new AtomicInteger();
  private String answer = "{\"decision\":\"allow\"}";
  private int status = 200;

  private ConnectHook hook(Duration cache) {
    HookCalls asking =
        new HookCalls(
            (target, headers, body, within, bytes) -> {
              calls.incrementAndGet();
              byte[] json = answer.getBytes(StandardCharsets.UTF_8);
              return new Outcome.Answered(status, json, false, Duration.ZERO);
            },
            HookPace.STANDARD,
            InstantSource.fixed(NOW));
    Hook hook =
        HookFixture.hook(
            UUID.randomUUID(), HookKind.CONNECT, "https://a.example", Duration.ofSeconds(1), cache);
    return new ConnectHook(app -> AppHooks.of(List.of(hook)), asking, InstantSource.fixed(NOW));
  }

  private static Refusal refusal(Runnable step) {
    Refusal[] told = new Refusal[1];
    assertThatThrownBy(step::run)
        .isInstanceOfSatisfying(RefusedException.class, e -> told[0] = e.refusal());
    return told[0];
  }

  @Test
  void aTokensDecisionHoldsWhereverItComesFromAndAKeysOnlyThere() {
    ConnectHook hook = hook(Duration.ofMinutes(10));
    AppPrincipal token = Principals.token("ada");
    hook.letIn(token, HOME);
    hook.letIn(token, AWAY);
    assertThat(calls).hasValue(1);

    AppPrincipal key = Principals.key();
    hook.letIn(key, HOME);
    hook.letIn(key, HOME);
    hook.letIn(key, AWAY);
    assertThat(calls).hasValue(3);
  }

  @Test
  void aFailureIsNotKeptAndARefusalIs() {
    ConnectHook hook = hook(Duration.ofMinutes(10));
    AppPrincipal ada = Principals.token("ada");
    status = 500;
    assertThat(refusal(() -> hook.letIn(ada, HOME))).isEqualTo(Refusal.HOOK_UNAVAILABLE);
    assertThat(refusal(() -> hook.letIn(ada, HOME))).isEqualTo(Refusal.HOOK_UNAVAILABLE);
    assertThat(calls).hasValue(2);

    status = 200;
    answer = "{\"decision\":\"refuse\"}";
    assertThat(refusal(() -> hook.letIn(ada, HOME))).isEqualTo(Refusal.HOOK_REFUSED);
    assertThat(refusal(() -> hook.letIn(ada, HOME))).isEqualTo(Refusal.HOOK_REFUSED);
    assertThat(calls).hasValue(3);
  }

  @Test
  void withoutACacheItIsAskedEachTime() {
    ConnectHook hook = hook(Duration.ZERO);
    hook.letIn(Principals.token("ada"), HOME);
    hook.letIn(Principals.token("ada"), HOME);

    assertThat(calls).hasValue(2);
  }

  @Test
  void aChangeOnlyTakesAway() {
    answer =
        "{\"decision\":\"change\",\"capabilities\":{\"a:*\":[\"subscribe\"]},"
            + "\"expiresInSeconds\":60}";
    AppPrincipal ada = hook(Duration.ZERO).letIn(Principals.token("ada"), HOME);

    assertThat(ada.clientId()).isEqualTo("ada");
    assertThat(ada.expiresAt()).isEqualTo(NOW.getEpochSecond() + 60);
    assertThat(ada.rights().allow(Operation.PUBLISH, new ChannelName("a:b"))).isFalse();
    assertThatThrownBy(() -> ada.require(Operation.PUBLISH, new ChannelName("a:b")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason().step()).isEqualTo(Step.HOOK_CONNECT));
  }

  @Test
  void whatATokenDoesNotGrantAHookCannotGive() {
    answer = "{\"decision\":\"change\",\"capabilities\":{\"*\":[\"publish\",\"history\"]}}";
    AppPrincipal nobody =
        hook(Duration.ZERO).letIn(Principals.key("a:*", Operation.SUBSCRIBE), HOME);

    assertThat(nobody.rights().allowSomewhere(Operation.PUBLISH)).isFalse();
  }

  @Test
  void timeIsNeverLonger() {
    answer = "{\"decision\":\"change\",\"expiresInSeconds\":31536000}";
    AppPrincipal before = Principals.token("ada");

    assertThat(hook(Duration.ZERO).letIn(before, HOME).expiresAt())
        .isLessThanOrEqualTo(before.expiresAt());
  }

  @Test
  void adminIsNothingThatAHookSpeaksOf() {
    answer = "{\"decision\":\"change\",\"capabilities\":{\"*\":[\"admin\"]}}";

    assertThat(refusal(() -> hook(Duration.ZERO).letIn(Principals.key(), HOME)))
        .isEqualTo(Refusal.HOOK_UNAVAILABLE);
  }
}
