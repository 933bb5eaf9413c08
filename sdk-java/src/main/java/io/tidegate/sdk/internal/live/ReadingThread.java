package io.tidegate.sdk.internal.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A thread that reads sockets. What it has for other threads waits until it has read what was there
 * to be read: a burst of messages wakes who takes them once, not once a message. A wake-up costs
 * more than all else that is done for a message here.
 */
final class ReadingThread extends Thread {
  private record HandOver(Executor to, Runnable task) {}

  /** Used by this thread alone. */
  private final List<HandOver> waiting = new ArrayList<>();

  ReadingThread(Runnable task, String name) {
    super(task, name);
  }

  /** Has it run there: at the end of what is being read, or at once where nothing is. */
  static void handOver(Executor to, Runnable task) {
    if (Thread.currentThread() instanceof ReadingThread reading) {
      reading.waiting.add(new HandOver(to, task));
    } else {
      to.execute(task);
    }
  }

  /** What waits is wanted now, though more is there to be read. */
  static void handOverNow() {
    if (Thread.currentThread() instanceof ReadingThread reading) {
      reading.handOverAll();
    }
  }

  private void handOverAll() {
    for (int i = 0; i < waiting.size(); i++) {
      HandOver next = waiting.get(i);
      Serial.guarded(() -> next.to.execute(next.task));
    }
    waiting.clear();
  }
}
