package io.tidegate.webhook.deliver;

import io.tidegate.webhook.send.Barrier;
import io.tidegate.webhook.send.Outcome.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often a call had no answer, by what stood between: a barrier, or a fault on the way. */
public final class Unanswered {
  private static final List<String> WHYS =
      Stream.concat(
              Arrays.stream(Barrier.values()).map(Barrier::slug),
              Arrays.stream(Fault.values()).map(Unanswered::name))
          .toList();

  private final Map<String, LongAdder> counts =
      WHYS.stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), w -> new LongAdder()));

  /** All there are. */
  public static List<String> whys() {
    return WHYS;
  }

  public long of(String why) {
    LongAdder count = counts.get(why);
    return count == null ? 0 : count.sum();
  }

  void count(Barrier barrier) {
    increment(barrier.slug());
  }

  void count(Fault fault) {
    increment(name(fault));
  }

  private void increment(String why) {
    LongAdder count = counts.get(why);
    if (count != null) {
      count.increment();
    }
  }

  static String name(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
