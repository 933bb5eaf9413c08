package io.tidegate.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Tasks are carried out beside each other, each lane's on a stand of its own: a run waits for most
 * of its time.
 */
final class Lanes {
  private Lanes() {}

  /** Something that is done on a cluster. */
  @FunctionalInterface
  interface Task {
    void on(Stand stand) throws Exception;
  }

  /**
   * Returns when all is done.
   *
   * @throws Exception the first that a task has thrown; the other lanes have gone on without it
   */
  static void run(List<Task> tasks, int lanes, IntFunction<Stand> stands) throws Exception {
    Queue<Task> waiting = new ConcurrentLinkedQueue<>(tasks);
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      Stand stand = stands.apply(i);
      all.add(Thread.ofPlatform().name("lane-" + i).start(() -> work(waiting, stand, failures)));
    }
    for (Thread one : all) {
      one.join();
    }
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  private static void work(Queue<Task> waiting, Stand stand, Queue<Exception> failures) {
    try (stand) {
      for (Task task = waiting.poll(); task != null; task = waiting.poll()) {
        task.on(stand);
      }
    } catch (Exception e) {
      failures.add(e);
    }
  }
}
