package io.tidegate.sdk;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param next opaque; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
