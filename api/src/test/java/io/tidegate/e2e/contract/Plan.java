package io.tidegate.e2e.contract;

import io.tidegate.contract.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is known which things there are: ids and credentials are chosen when it is
 * sent.
 *
 * @param method the route's, or another one
 * @param pick which of the known things the path is about
 * @param wild percent-encoded segment in place of the path's last parameter; null: a known one
 * @param channel for a path that names one
 * @param query names and values, not yet encoded
 * @param body null when there is none
 */
record Plan(
    Route route,
    String method,
    int pick,
    @Nullable String wild,
    String channel,
    List<Pair> query,
    List<Pair> headers,
    @Nullable String body,
    Caller caller) {

  /** The same with another body. */
  Plan with(String other) {
    return new Plan(route, method, pick, wild, channel, query, headers, other, caller);
  }

  /** A query parameter or a header. */
  record Pair(String name, String value) {}

  /** Who asks. */
  enum Caller {
    /** One of those that the contract names for the route. */
    RIGHT,
    /** Good, for too little. */
    WEAK,
    /** Good, of another tenant. */
    FOREIGN,
    EXPIRED,
    WRONG,
    GARBLED,
    NOBODY;

    /** Whether no route that asks who it is may let this one in. */
    boolean isNobody() {
      return switch (this) {
        case EXPIRED, WRONG, GARBLED, NOBODY -> true;
        case RIGHT, WEAK, FOREIGN -> false;
      };
    }
  }
}
