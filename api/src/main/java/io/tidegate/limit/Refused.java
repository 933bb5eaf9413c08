package io.tidegate.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each limit refused something, by the limit's name: one row per limit there is. */
public final class Refused {
  /** Of addresses, which no tenant's limit is about. */
  public static final String FAILED_AUTHENTICATIONS = "failedAuthentications";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String limit) {
    counts.computeIfAbsent(limit, name -> new LongAdder()).increment();
  }

  public long of(String limit) {
    LongAdder count = counts.get(limit);
    return count == null ? 0 : count.sum();
  }
}
