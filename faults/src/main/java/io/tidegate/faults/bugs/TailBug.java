package io.tidegate.faults.bugs;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.tidegate.tail.StoreTail;
import io.tidegate.tail.TailRepair;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks for less than it should. */
@Singleton
final class TailBug implements BeanCreatedEventListener<TailRepair> {
  @Override
  public TailRepair onCreated(BeanCreatedEvent<TailRepair> event) {
    List<StoreTail> all = event.getBean().stores();
    if (Bug.SKIPS_TAIL_REPAIR.isPlanted()) {
      return of(List.of());
    }
    if (Bug.REUSES_AN_EPOCH.isPlanted()) {
      // The trail of windows would say what their epochs are.
      return of(all.stream().filter(tail -> tail.name().equals("log")).toList());
    }
    return event.getBean();
  }

  private static TailRepair of(List<StoreTail> stores) {
    return new TailRepair(
        stores, Runnable::run, () -> true, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }
}
