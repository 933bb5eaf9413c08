package io.tidegate.log;

import io.tidegate.channel.TenantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for a lane, bounded in messages and bytes. Each tenant has a queue of its own and may
 * fill half of the bounds; batches take one unit of each in turn, so that a tenant that floods
 * delays itself. Guarded by its monitor.
 */
final class LaneQueue {
  private final LogSettings settings;
  private final Map<TenantId, TenantQueue> tenants = new HashMap<>();

  /** The tenants that have something waiting, next one first. */
  private final ArrayDeque<TenantQueue> turns = new ArrayDeque<>();

  private int messages;
  private int bytes;
  private boolean closed;

  LaneQueue(LogSettings settings) {
    this.settings = settings;
  }

  private static final class TenantQueue {
    private final TenantId tenant;
    private final ArrayDeque<PendingUnit> units = new ArrayDeque<>();
    private int messages;
    private int bytes;

    TenantQueue(TenantId tenant) {
      this.tenant = tenant;
    }
  }

  /** False when it does not fit or the queue is closed; then nothing has changed. */
  synchronized boolean offer(PendingUnit unit) {
    TenantId tenant = unit.unit().tenant();
    TenantQueue queue = tenants.get(tenant);
    if (closed || !fits(unit, messages, bytes, 1)) {
      return false;
    }
    if (queue == null) {
      queue = new TenantQueue(tenant);
      tenants.put(tenant, queue);
    } else if (!fits(unit, queue.messages, queue.bytes, 2)) {
      return false;
    }
    if (queue.units.isEmpty()) {
      turns.add(queue);
    }
    queue.units.add(unit);
    count(queue, unit.size(), unit.weight());
    notifyAll();
    return true;
  }

  private boolean fits(PendingUnit unit, int usedMessages, int usedBytes, int share) {
    return usedMessages + unit.size() <= settings.queueMessages() / share
        && usedBytes + unit.weight() <= settings.queueBytes() / share;
  }

  /** Waits for work and returns a batch of it; empty when the queue is closed and drained. */
  synchronized List<PendingUnit> take() throws InterruptedException {
    while (turns.isEmpty() && !closed) {
      wait();
    }
    List<PendingUnit> batch = new ArrayList<>();
    int batchMessages = 0;
    int batchBytes = 0;
    while (!turns.isEmpty()) {
      TenantQueue queue = turns.element();
      PendingUnit next = queue.units.element();
      batchMessages += next.size();
      batchBytes += next.weight();
      boolean full = batchMessages > settings.batchMessages() || batchBytes > settings.batchBytes();
      if (full && !batch.isEmpty()) {
        break;
      }
      batch.add(next);
      remove(queue);
    }
    return batch;
  }

  /** Everything that waits, to be refused. */
  synchronized List<PendingUnit> drain() {
    List<PendingUnit> all = new ArrayList<>();
    while (!turns.isEmpty()) {
      all.add(turns.element().units.element());
      remove(turns.element());
    }
    return all;
  }

  private void remove(TenantQueue queue) {
    turns.remove();
    PendingUnit unit = queue.units.remove();
    count(queue, -unit.size(), -unit.weight());
    if (queue.units.isEmpty()) {
      tenants.remove(queue.tenant);
    } else {
      turns.add(queue);
    }
  }

  private void count(TenantQueue queue, int moreMessages, int moreBytes) {
    queue.messages += moreMessages;
    queue.bytes += moreBytes;
    messages += moreMessages;
    bytes += moreBytes;
  }

  synchronized int messages() {
    return messages;
  }

  /** Nothing more comes in; what waits is still taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
