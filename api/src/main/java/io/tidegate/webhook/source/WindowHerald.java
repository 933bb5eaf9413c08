package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.publish.Herald;
import io.tidegate.store.Held;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.Webhooks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells webhooks of what brokers accept: queued in PostgreSQL before the publisher is answered,
 * unless PostgreSQL does not take it for {@value #LONGEST_WAIT_MILLIS} ms. Then the publisher is
 * answered, and the window is where it is found again.
 */
public final class WindowHerald implements Herald, AutoCloseable {
  /** Each holds a connection of the control plane while it commits. */
  private static final int LANES = 2;

  private static final int LONGEST_WAIT_MILLIS = 2_000;

  private final Wanting wanting;
  private final Behind behind = new Behind();
  private final Figures figures = new Figures();
  private final List<TellingLane> lanes;

  /** Windows are read here, so that nobody who publishes waits behind that. */
  private final TellingLane rest;

  public WindowHerald(JdbcCursors cursors, WebhookEvents events, Webhooks webhooks) {
    this.wanting = new Wanting(webhooks);
    Round round = new Round(cursors, events, wanting);
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(number -> new TellingLane("lane-" + number, round, behind, figures))
            .toList();
    lanes.forEach(TellingLane::start);
    this.rest = new TellingLane("rest", round, behind, figures);
    rest.start();
  }

  @Override
  public CompletionStage<Published> publish(
      Held held, Supplier<CompletionStage<Published>> publish) {
    if (!mayBeWanted(held.channel())) {
      return publish.get();
    }
    laneOf(held.channel()).requireRoom();
    return publish
        .get()
        .whenComplete((published, failure) -> doubt(held, failure))
        .thenCompose(published -> told(held, published));
  }

  /** Also when nobody can say: who does is asked again when it is told. */
  private boolean mayBeWanted(ChannelId channel) {
    try {
      return wanting.isWanted(channel);
    } catch (RefusedException unknown) {
      return true;
    }
  }

  /** It may have been accepted all the same. */
  private void doubt(Held held, @Nullable Throwable failure) {
    if (failure != null
        && held.keep().messages() > 0
        && RefusedException.of(failure).refusal() == Refusal.OUTCOME_UNKNOWN) {
      behind.add(held.channel());
    }
  }

  private CompletionStage<Published> told(Held held, Published published) {
    Waiting unit = Waiting.of(held, published);
    if (!unit.isKept() && unit.fresh().isEmpty()) {
      return CompletableFuture.completedFuture(published);
    }
    TellingLane lane = laneOf(held.channel());
    lane.offer(unit);
    return unit.done()
        .completeOnTimeout(
            false, lane.isStanding() ? 0 : LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)
        .thenApply(
            told -> {
              if (!told) {
                figures.postpone();
              }
              return published;
            });
  }

  /** Whatever of a channel has not been told is told as soon as may be; false: it is put off. */
  CompletableFuture<Boolean> tellRest(Held held) {
    Waiting all = Waiting.rest(held);
    rest.offer(all);
    return all.done();
  }

  private TellingLane laneOf(ChannelId channel) {
    return lanes.get(Math.floorMod(channel.hashCode() * 0x9E3779B9, lanes.size()));
  }

  Wanting wanting() {
    return wanting;
  }

  Behind behind() {
    return behind;
  }

  public Figures figures() {
    return figures;
  }

  /** Messages that wait to be told. */
  public int waiting() {
    return lanes.stream().mapToInt(TellingLane::waiting).sum() + rest.waiting();
  }

  /** Takes nothing more and tells what waits. */
  @Override
  public void close() {
    lanes.forEach(TellingLane::close);
    rest.close();
  }
}
