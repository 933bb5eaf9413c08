package io.tidegate.hook;

import static io.tidegate.hook.HookFixture.INQUIRY;
import static io.tidegate.hook.HookFixture.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.hook.HookReceiver;
import io.tidegate.e2e.hook.HookReceiver.Reply;
import io.tidegate.hook.HookFixture.AnyChange;
import io.tidegate.webhook.WebhookSecret;
import io.tidegate.webhook.send.GuardedSender;
import io.tidegate.webhook.send.Senders;
import io.tidegate.webhook.send.SigningSecret;
import io.tidegate.webhook.send.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks are called over real HTTP by the guarded sender. */
class HookCallsTest {
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final GuardedSender sender = Senders.allowing("127.0.0.1");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final UUID id = UUID.randomUUID();

  @AfterEach
  void stop() {
    sender.close();
    threads.shutdownNow();
  }

  private HookCalls calls(HookPace pace) {
    return new HookCalls(sender::send, pace, InstantSource.system());
  }

  private static String failure(Verdict<?> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    return verdict instanceof Verdict.Failed<?> failed ? failed.why() : "";
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAnswerIsOneOfThree() {
    HookCalls calls = calls(HookFixture.PATIENT);
    try (HookReceiver receiver = new HookReceiver(asked -> HookReceiver.ALLOW)) {
      Hook hook = publish(id, receiver.url(), LONG);
      assertThat(calls.ask(hook, INQUIRY, new AnyChange()))
          .isEqualTo(new Verdict.Allowed<Object>());
      receiver.decide(asked -> HookReceiver.json("{'decision':'refuse','reason':'no'}"));
      assertThat(calls.ask(hook, INQUIRY, new AnyChange()))
          .isEqualTo(new Verdict.Refused<Object>("no"));
      receiver.decide(asked -> HookReceiver.json("{'decision':'change','made':'x'}"));
      assertThat(calls.ask(hook, INQUIRY, new AnyChange()))
          .isEqualTo(new Verdict.Changed<Object>("x"));
    }
    assertThat(calls.view(id).counts())
        .containsEntry(HookOutcome.ALLOW, 1L)
        .containsEntry(HookOutcome.REFUSE, 1L)
        .containsEntry(HookOutcome.CHANGE, 1L);
    assertThat(calls.figures().of(HookKind.BEFORE_PUBLISH, HookOutcome.REFUSE)).isOne();
    // The newest first; what was simply allowed is counted only.
    assertThat(calls.view(id).entries())
        .extracting(HookLog.Entry::outcome)
        .containsExactly(HookOutcome.CHANGE, HookOutcome.REFUSE);
  }

  @Test
  void whileASecretIsReplacedACallIsSignedByBoth() {
    SigningSecret older = new SigningSecret("tgh_" + "b".repeat(47));
    Instant later = Instant.now().plusSeconds(3_600);
    try (HookReceiver receiver = new HookReceiver(asked -> HookReceiver.ALLOW)) {
      Hook plain = publish(id, receiver.url(), LONG);
      Hook rotating =
          new Hook(
              id,
              2,
              plain.tenant(),
              plain.app(),
              plain.name(),
              plain.kind(),
              plain.url(),
              plain.pattern(),
              plain.onFailure(),
              plain.timeout(),
              plain.cache(),
              true,
              List.of(
                  new WebhookSecret(HookFixture.SECRET, null),
                  new WebhookSecret(older, later),
                  new WebhookSecret(new SigningSecret("tgh_" + "c".repeat(47)), Instant.EPOCH)));
      calls(HookFixture.PATIENT).ask(rotating, INQUIRY, new AnyChange());

      HookReceiver.Call call = receiver.calls().getFirst();
      byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
      assertThat(call.signature().split("v1=", -1)).hasSize(3);
      for (SigningSecret good : List.of(HookFixture.SECRET, older)) {
        assertThat(Verification.isGenuine(call.signature(), body, good, Instant.now())).isTrue();
      }
    }
  }

  @Test
  void whoNeverAnswersIsWaitedForNoLongerThanTheHookSays() {
    try (HookReceiver receiver = new HookReceiver(asked -> HookReceiver.SILENCE)) {
      Verdict<Object> verdict =
          calls(HookFixture.PATIENT)
              .ask(publish(id, receiver.url(), Duration.ofMillis(20)), INQUIRY, new AnyChange());

      assertThat(failure(verdict)).contains("ms were over");
    }
  }

  @Test
  void aRedirectIsNoAnswerAndIsNotFollowed() {
    try (HookReceiver receiver = new HookReceiver(asked -> new Reply(307, ""))) {
      Verdict<Object> verdict =
          calls(HookFixture.PATIENT)
              .ask(publish(id, receiver.url(), LONG), INQUIRY, new AnyChange());

      assertThat(failure(verdict)).contains("307");
      assertThat(receiver.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://[::1]/",
        "http://192.0.2.7/"
      })
  void whereHooksMayNotBeNobodyIsCalled(String url) {
    List<Object> called = new ArrayList<>();
    HookCalls calls =
        new HookCalls(
            (target, headers, body, within, bytes) -> {
              called.add(target);
              return sender.send(target, headers, body, within, bytes);
            },
            HookFixture.PATIENT,
            InstantSource.system());

    Verdict<Object> verdict = calls.ask(publish(id, url, LONG), INQUIRY, new AnyChange());

    assertThat(failure(verdict)).isNotEmpty();
    assertThat(called).hasSize(1);
  }

  @Test
  void moreCallsThanThereArePlacesAreNotMade() {
    assertThirdIsNotMade(HookFixture.pace(2, 64), id);
  }

  @Test
  void aTenantWithManyHooksHasSoManyPlacesForAll() {
    assertThirdIsNotMade(HookFixture.pace(32, 2), UUID.randomUUID());
  }

  private void assertThirdIsNotMade(HookPace pace, UUID third) {
    HookCalls calls = calls(pace);
    CountDownLatch go = new CountDownLatch(1);
    try (HookReceiver receiver =
        new HookReceiver(
            asked -> {
              await(go);
              return HookReceiver.ALLOW;
            })) {
      Hook hook = publish(id, receiver.url(), LONG);
      List<CompletableFuture<Verdict<Object>>> first = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        first.add(
            CompletableFuture.supplyAsync(
                () -> calls.ask(hook, INQUIRY, new AnyChange()), threads));
      }
      Awaitility.await().atMost(PATIENCE).until(() -> receiver.calls().size() == 2);

      Verdict<Object> verdict =
          calls.ask(publish(third, receiver.url(), SHORT), INQUIRY, new AnyChange());

      assertThat(failure(verdict)).contains("as many calls as may be");
      go.countDown();
      first.forEach(one -> assertThat(one.join()).isEqualTo(new Verdict.Allowed<Object>()));
      assertThat(receiver.calls()).hasSize(2);
      // The places are free again.
      assertThat(calls.ask(hook, INQUIRY, new AnyChange()))
          .isEqualTo(new Verdict.Allowed<Object>());
    }
  }

  @Test
  void whoFailsTooOftenIsLeftAloneAndOthersAreNot() {
    HookCalls calls = calls(HookFixture.PATIENT);
    try (HookReceiver bad = new HookReceiver(asked -> new Reply(503, ""));
        HookReceiver good = new HookReceiver(asked -> HookReceiver.ALLOW)) {
      Hook failing = publish(id, bad.url(), LONG);
      for (int i = 0; i < 30; i++) {
        failure(calls.ask(failing, INQUIRY, new AnyChange()));
      }

      assertThat(bad.calls()).hasSize(10);
      assertThat(calls.shut()).isOne();
      assertThat(calls.view(id).counts()).containsEntry(HookOutcome.OPEN, 20L);
      Hook other = publish(UUID.randomUUID(), good.url(), LONG);
      assertThat(calls.ask(other, INQUIRY, new AnyChange()))
          .isEqualTo(new Verdict.Allowed<Object>());
    }
  }

  @Test
  void refusalsAreNoFailures() {
    HookCalls calls = calls(HookFixture.PATIENT);
    try (HookReceiver receiver =
        new HookReceiver(asked -> HookReceiver.json("{'decision':'refuse'}"))) {
      Hook hook = publish(id, receiver.url(), LONG);
      for (int i = 0; i < 30; i++) {
        calls.ask(hook, INQUIRY, new AnyChange());
      }
      assertThat(receiver.calls()).hasSize(30);
      assertThat(calls.shut()).isZero();
      assertThat(calls.view(id).entries()).hasSize(30);
    }
  }

  @Test
  void theLastEntriesAreKept() {
    HookLog log = new HookLog();
    for (int i = 0; i < HookLog.KEPT + 5; i++) {
      log.add(new HookLog.Entry(Instant.EPOCH, HookOutcome.FAILED, i, null, null));
    }
    assertThat(log.view().entries()).hasSize(HookLog.KEPT);
    assertThat(log.view().entries().getFirst().tookMillis()).isEqualTo(HookLog.KEPT + 4);
    assertThat(log.view().counts()).containsEntry(HookOutcome.FAILED, HookLog.KEPT + 5L);
  }
}
