package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a thread that runs when the test says so. */
class LaneTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final AtomicInteger room = new AtomicInteger();
  private final List<Throwable> faults = new ArrayList<>();
  private final Lane lane = new Lane(threads::add, room::incrementAndGet, faults::add);

  @Test
  void commandsAreCarriedOutInTheirOrder() {
    List<Integer> done = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int command = i;
      lane.add(() -> done.add(command), 10);
    }
    threads.remove().run();

    assertThat(done).containsExactly(0, 1, 2, 3, 4);
    assertThat(lane.bytes()).isZero();
    assertThat(threads).isEmpty();
  }

  @Test
  void fewLargeCommandsFillItAsManySmallOnesDo() {
    for (int i = 0; i < Lane.FULL - 1; i++) {
      lane.add(() -> {}, 1);
    }
    assertThat(lane.isFull()).isFalse();
    lane.add(() -> {}, 1);
    assertThat(lane.isFull()).isTrue();
    threads.remove().run();
    assertThat(lane.isFull()).isFalse();
    assertThat(room).hasValue(1);

    lane.add(() -> {}, Lane.FULL_BYTES / 2);
    assertThat(lane.isFull()).isFalse();
    lane.add(() -> {}, Lane.FULL_BYTES / 2);
    assertThat(lane.isFull()).isTrue();
    assertThat(lane.bytes()).isEqualTo(Lane.FULL_BYTES);
    threads.remove().run();
    assertThat(lane.isFull()).isFalse();
    assertThat(room).hasValue(2);
  }

  @Test
  void commandThatRunsKeepsItsBytesUntilItIsDone() {
    List<Integer> meanwhile = new ArrayList<>();
    lane.add(() -> meanwhile.add(lane.bytes()), 100);
    lane.add(() -> meanwhile.add(lane.bytes()), 10);
    threads.remove().run();

    assertThat(meanwhile).containsExactly(110, 10);
    assertThat(lane.bytes()).isZero();
  }

  @Test
  void whatOneCommandThrowsIsToldAndTheNextOneFollows() {
    Error error = new StackOverflowError("of this command");
    RuntimeException fault = new IllegalStateException("of that one");
    List<Integer> done = new ArrayList<>();
    lane.add(
        () -> {
          throw error;
        },
        100);
    lane.add(
        () -> {
          throw fault;
        },
        10);
    lane.add(() -> done.add(3), 1);
    threads.remove().run();

    assertThat(faults).containsExactly(error, fault);
    assertThat(done).containsExactly(3);
    assertThat(lane.bytes()).isZero();
  }

  @Test
  void whatIsClearedWaitsNoMore() {
    lane.add(lane::clear, 100);
    lane.add(() -> room.addAndGet(1_000), Lane.FULL_BYTES);
    threads.remove().run();

    assertThat(room.get()).isLessThan(1_000);
    assertThat(lane.bytes()).isZero();
  }
}
