package io.tidegate.scenarios.judge;

import java.util.Optional;
import java.util.Set;

/** What one client reported, in its order. */
public sealed interface Event {
  /**
   * A message came.
   *
   * @param data as text; empty when there is an error
   * @param error why it could not be read
   */
  record Got(String channel, String id, Place at, String data, Optional<String> error)
      implements Event {}

  /** A jump was announced: what lies between is not coming. */
  record Jump(String channel, Optional<Place> from, Place to, String reason) implements Event {}

  /** The connection is in another state now. */
  record State(String state, long nanos) implements Event {}

  /** A publish was acknowledged. */
  record Acked(String channel, String id, Place at) implements Event {}

  /** A publish was given up. */
  record Failed(String channel, String id, int code, String message) implements Event {}

  /** Members changed: who, how, and all that there are now. */
  record Members(String channel, String action, String clientId, Set<String> members)
      implements Event {}
}
