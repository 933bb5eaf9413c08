package io.tidegate.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.hook.HookLog.Entry;
import io.tidegate.webhook.send.ForbiddenTarget;
import io.tidegate.webhook.send.Outcome;
import io.tidegate.webhook.send.Signer;
import io.tidegate.webhook.send.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks hooks: signed, within their time, with a bounded number of calls under way. Blocks its
 * caller for as long as the hook may take, so it is called on virtual threads, never on an event
 * loop. Nothing is asked twice.
 */
public final class HookCalls {
  /** A message of 64 kB, changed, with room for its escapes; or several smaller ones. */
  static final int ANSWER_BYTES = 256 << 10;

  /** Some 2 kB each, and up to 50 entries. One that is forgotten has to be found dead anew. */
  private static final int MAX_GATES = 10_000;

  private static final int OK = 200;
  private static final Logger LOG = LoggerFactory.getLogger(HookCalls.class);

  /** Where there are no hooks. */
  static final HookCalls NONE =
      new HookCalls(
          (target, headers, body, within, answerBytes) -> {
            throw new IllegalStateException("there is nobody to ask");
          },
          HookPace.STANDARD,
          InstantSource.system());

  private final Line line;
  private final HookPace pace;
  private final InstantSource clock;
  private final HookPlaces places;
  private final HookFigures figures = new HookFigures();
  private final Cache<UUID, HookGate> gates =
      Caffeine.newBuilder().maximumSize(MAX_GATES).expireAfterAccess(Duration.ofHours(1)).build();

  /** Makes one call to a guarded target; as {@code GuardedSender.send}. */
  @FunctionalInterface
  public interface Line {
    Outcome post(
        Target target, Map<String, String> headers, byte[] body, Duration within, int answerBytes);
  }

  public HookCalls(Line line, HookPace pace, InstantSource clock) {
    this.line = line;
    this.pace = pace;
    this.clock = clock;
    this.places = new HookPlaces(pace);
  }

  /** Never throws for what the network or the hook does. */
  <T> Verdict<T> ask(Hook hook, Inquiry inquiry, Changes<T> changes) {
    HookGate gate = gate(hook.id());
    if (!gate.permits()) {
      figures.count(hook.kind(), HookOutcome.OPEN);
      gate.log().count(HookOutcome.OPEN);
      return new Verdict.Failed<>("it has failed too often of late, and is left alone for a while");
    }
    long begun = System.nanoTime();
    Verdict<T> verdict = placed(hook, gate, inquiry, changes, begun);
    HookOutcome outcome = HookOutcome.of(verdict);
    long took = System.nanoTime() - begun;
    figures.count(hook.kind(), outcome);
    figures.took(took);
    gate.log()
        .add(
            new Entry(
                clock.instant(),
                outcome,
                TimeUnit.NANOSECONDS.toMillis(took),
                inquiry.about(),
                detail(verdict)));
    return verdict;
  }

  /** A decision of a while ago was used. */
  void cached(Hook hook) {
    figures.count(hook.kind(), HookOutcome.CACHED);
    gate(hook.id()).log().count(HookOutcome.CACHED);
  }

  private <T> Verdict<T> placed(
      Hook hook, HookGate gate, Inquiry inquiry, Changes<T> changes, long begun) {
    long deadline = begun + hook.timeout().multipliedBy(pace.stretch()).toNanos();
    try (HookPlaces.@Nullable Taken place = places.take(gate, hook.tenant(), deadline)) {
      long left = deadline - System.nanoTime();
      if (place == null) {
        gate.forgo();
        return new Verdict.Failed<>("as many calls as may be were under way all the time");
      }
      if (left <= 0) {
        gate.forgo();
        return new Verdict.Failed<>(
            hook.timeout().toMillis() + " ms were over before a call could be made");
      }
      boolean good = false;
      try {
        Verdict<T> verdict = call(hook, inquiry, changes, Duration.ofNanos(left));
        good = !(verdict instanceof Verdict.Failed);
        return verdict;
      } catch (RuntimeException fault) {
        LOG.error("hook {} could not be asked", hook.id(), fault);
        return new Verdict.Failed<>("a fault of the gateway");
      } finally {
        gate.came(good);
      }
    }
  }

  private <T> Verdict<T> call(Hook hook, Inquiry inquiry, Changes<T> changes, Duration within) {
    Instant now = clock.instant();
    UUID id = UuidCreator.getTimeOrderedEpoch();
    byte[] body = inquiry.envelope(hook, id, now);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Tidegate-Hook", hook.id().toString());
    headers.put(Signer.HEADER, Signer.sign(now, body, hook.secretsAt(now)));
    try {
      return read(line.post(Target.of(hook.url()), headers, body, within, ANSWER_BYTES), changes);
    } catch (ForbiddenTarget e) {
      return new Verdict.Failed<>(e.reason());
    }
  }

  private static <T> Verdict<T> read(Outcome outcome, Changes<T> changes) {
    return switch (outcome) {
      case Outcome.Refused refused -> new Verdict.Failed<>(refused.reason());
      case Outcome.Failed failed -> new Verdict.Failed<>(failed.reason());
      case Outcome.Answered answered when answered.status() != OK ->
          new Verdict.Failed<>("it answered " + answered.status() + ", not 200");
      case Outcome.Answered answered when answered.cut() ->
          new Verdict.Failed<>("its answer has more than " + ANSWER_BYTES + " bytes");
      case Outcome.Answered answered -> HookAnswer.read(answered.body(), changes);
    };
  }

  private static @Nullable String detail(Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Allowed<?> allowed -> null;
      case Verdict.Changed<?> changed -> null;
      case Verdict.Refused<?> refused -> refused.reason();
      case Verdict.Failed<?> failed -> failed.why();
    };
  }

  private HookGate gate(UUID hook) {
    return gates.get(hook, id -> new HookGate(id, pace));
  }

  /** What this node knows of one hook. */
  public HookLog.View view(UUID hook) {
    HookGate gate = gates.getIfPresent(hook);
    return gate == null ? HookLog.View.EMPTY : gate.log().view();
  }

  public HookFigures figures() {
    return figures;
  }

  /** Hooks that this node leaves alone. */
  public long shut() {
    return gates.asMap().values().stream().filter(HookGate::isShut).count();
  }
}
