package io.tidegate.hub;

import io.tidegate.channel.Position;

/** Where a subscription wants to begin. */
public sealed interface Start {
  /** With the next message. */
  record Live() implements Start {}

  /** Behind the last message the client has. */
  record Since(Position position) implements Start {}

  /** So many messages back, and none older than so many seconds. */
  record Rewind(int messages, long seconds) implements Start {}
}
