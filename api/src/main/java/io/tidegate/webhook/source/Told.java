package io.tidegate.webhook.source;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;

/** A message of a window with its epoch. */
record Told(Epoch epoch, Message message) {
  long seq() {
    return message.seq();
  }

  Position position() {
    return new Position(epoch, message.seq());
  }
}
