package io.tidegate.tenant.store;

import java.util.List;

/**
 * A part of a list.
 *
 * @param more whether something follows the last item
 */
public record Page<T>(List<T> items, boolean more) {
  /** The page that a read of one row more than asked for makes. */
  public static <T> Page<T> of(List<T> oneMore, int limit) {
    return oneMore.size() > limit
        ? new Page<>(List.copyOf(oneMore.subList(0, limit)), true)
        : new Page<>(List.copyOf(oneMore), false);
  }
}
