package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.faults.world.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two lanes do what there is to do, beside each other. */
class LanesTest {
  private static final Launch NOTHING = new Launch(List.of("false"), Map.of());

  private static Stand stand(int lane) {
    return new Stand(Path.of("target", "lane-" + lane), NOTHING, Optional.empty(), 1);
  }

  @Test
  void everyTaskIsDoneOnce() throws Exception {
    Queue<Integer> done = new ConcurrentLinkedQueue<>();
    List<Lanes.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      tasks.add(stand -> done.add(number));
    }
    Lanes.run(tasks, 2, LanesTest::stand);
    assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void twoAreUnderWayAtOnceOnStandsOfTheirOwn() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Queue<Path> folders = new ConcurrentLinkedQueue<>();
    Lanes.Task task =
        stand -> {
          folders.add(stand.folder());
          both.await(1, TimeUnit.MINUTES);
        };
    Lanes.run(List.of(task, task), 2, LanesTest::stand);
    assertThat(folders).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void aLaneThatFailsIsToldWhenTheOtherIsDone() {
    Queue<String> done = new ConcurrentLinkedQueue<>();
    Lanes.Task fails =
        stand -> {
          throw new IllegalStateException("it");
        };
    Lanes.Task works = stand -> done.add("other");
    assertThatThrownBy(() -> Lanes.run(List.of(fails, works, works), 2, LanesTest::stand))
        .hasMessage("it");
    assertThat(done).containsExactly("other", "other");
  }
}
