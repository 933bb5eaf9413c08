package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.TidegateException.Local;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who enters, updates and leaves says so with the words of the contract, and once. */
class RoomTest {
  private final FakeWire wire = new FakeWire();
  private final Room room = new Room("c", wire, Runnable::run);

  @Test
  void aMemberUpdates() {
    entered("1");
    CompletableFuture<Void> updated = room.update("2");
    Map<?, ?> update = wire.take();
    assertThat(update.get("action")).isEqualTo("update");
    assertThat(update.get("data")).isEqualTo(2L);
    wire.reply(update);
    assertThat(updated).isCompleted();
  }

  @Test
  void whoHasNotEnteredIsRefusedAndNothingIsSent() {
    assertThat(code(room.update("1"))).isEqualTo(40907);
    entered("1");
    CompletableFuture<Void> left = room.leave();
    wire.reply(wire.take());
    assertThat(left).isCompleted();
    assertThat(code(room.update("2"))).isEqualTo(40907);
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void anUpdateBeforeTheAnswerToEnterEntersWithTheNewerData() {
    CompletableFuture<Void> entering = room.enter("1");
    wire.take();
    CompletableFuture<Void> updating = room.update("2");
    Map<?, ?> second = wire.take();
    assertThat(second.get("action")).isEqualTo("enter");
    assertThat(second.get("data")).isEqualTo(2L);
    wire.reply(second);
    assertThat(entering).isCompleted();
    assertThat(updating).isCompleted();
  }

  @Test
  void whoseMembershipWasLostMeanwhileEntersAgain() {
    entered("1");
    CompletableFuture<Void> updated = room.update("2");
    wire.refuse(wire.take(), 40907);
    Map<?, ?> enter = wire.take();
    assertThat(enter.get("action")).isEqualTo("enter");
    assertThat(enter.get("data")).isEqualTo(2L);
    wire.reply(enter);
    assertThat(updated).isCompleted();
  }

  @Test
  void aRefusedUpdateLeavesTheMemberAsItWas() {
    entered("1");
    assertThat(code(refusedUpdate("2", 41301))).isEqualTo(41301);
    reconnect(false);
    Map<?, ?> again = wire.take();
    assertThat(again.get("action")).isEqualTo("enter");
    assertThat(again.get("data")).isEqualTo(1L);
  }

  @Test
  void whatIsOnlyRefusedForNowIsSentAgain() {
    entered("1");
    CompletableFuture<Void> updated = refusedUpdate("2", 42910);
    assertThat(updated).isNotDone();
    wire.runLater();
    Map<?, ?> again = wire.take();
    assertThat(again.get("action")).isEqualTo("update");
    wire.reply(again);
    assertThat(updated).isCompleted();
  }

  @Test
  void aResumedMemberUpdatesAndALostOneEnters() {
    entered("1");
    reconnect(true);
    room.present(true);
    room.update("2");
    Map<?, ?> update = wire.take();
    assertThat(update.get("action")).isEqualTo("update");
    wire.reply(update);
    reconnect(true);
    room.present(false);
    assertThat(wire.take().get("action")).isEqualTo("enter");
  }

  @Test
  void changesThatWaitAreBounded() {
    wire.open = false;
    CompletableFuture<Void> last = room.enter("0");
    for (int i = 1; i < Waiters.MOST; i++) {
      last = room.enter(Integer.toString(i));
    }
    CompletableFuture<Void> refused = room.enter("-1");
    assertThat(code(refused)).isEqualTo(Local.QUEUE_FULL.code());
    wire.open = true;
    room.attached(false);
    Map<?, ?> enter = wire.take();
    assertThat(enter.get("data")).isEqualTo(Waiters.MOST - 1L);
    wire.reply(enter);
    assertThat(last).isCompleted();
    assertThat(room.enter("1")).isNotDone();
  }

  @Test
  void questionsForMembersAreBounded() {
    CompletableFuture<?> first = room.members();
    for (int i = 1; i < Waiters.MOST; i++) {
      assertThat(room.members()).isNotDone();
    }
    assertThat(code(room.members())).isEqualTo(Local.QUEUE_FULL.code());
    room.event(Frame.read("{\"type\":\"presence\",\"action\":\"sync\",\"version\":1}"));
    assertThat(first).isCompleted();
    assertThat(room.members()).isCompleted();
  }

  private void entered(String data) {
    CompletableFuture<Void> entering = room.enter(data);
    Map<?, ?> enter = wire.take();
    assertThat(enter.get("action")).isEqualTo("enter");
    wire.reply(enter);
    assertThat(entering).isCompleted();
  }

  private CompletableFuture<Void> refusedUpdate(String data, int code) {
    CompletableFuture<Void> updated = room.update(data);
    wire.refuse(wire.take(), code);
    return updated;
  }

  private void reconnect(boolean resumed) {
    wire.open = false;
    room.detached();
    wire.requests().clear();
    wire.open = true;
    room.attached(resumed);
  }

  private static int code(CompletableFuture<?> future) {
    return future.handle((done, thrown) -> ((TidegateException) thrown).code()).join();
  }
}
