package io.tidegate.sdk.internal.publish;

import io.tidegate.sdk.Published;
import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.util.concurrent.CompletableFuture;

/** A message that waits, and who waits for it. */
record Pending(String channel, Outgoing message, CompletableFuture<Published> answer) {
  /** Of its text, at most: a character is three bytes of UTF-8 or less. */
  int bytes() {
    return 3 * (message.json().length() + channel.length()) + 64;
  }
}
