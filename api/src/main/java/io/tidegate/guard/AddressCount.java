package io.tidegate.guard;

import io.tidegate.limit.Addresses;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each address has; it has an entry only while it has one. Any thread. */
final class AddressCount {
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final int bound;

  /**
   * @param bound 0: any number
   */
  AddressCount(int bound) {
    this.bound = bound;
  }

  /** Counts one more, to be taken back by {@link #leave}; whether it is within the bound. */
  boolean enter(String address) {
    int count = byAddress.merge(Addresses.counted(address), 1, Integer::sum);
    return bound == 0 || count <= bound;
  }

  void leave(String address) {
    byAddress.computeIfPresent(
        Addresses.counted(address), (who, count) -> count == 1 ? null : count - 1);
  }
}
