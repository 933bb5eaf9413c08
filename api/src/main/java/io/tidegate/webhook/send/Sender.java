package io.tidegate.webhook.send;

import java.util.Map;

/** Calls one target once. Tries nothing again: when and how often is for who calls. */
public interface Sender {
  /**
   * POSTs the body. Blocks for 5 s at most, from the look-up of the host to the last byte of the
   * answer; many may be under way at a time, as many as there are callers. Never throws for what
   * the network or the target does.
   *
   * @param headers of the request, besides those of the connection and the body's length, which are
   *     the sender's own
   * @throws IllegalArgumentException for a header that is the sender's own, or none by HTTP
   */
  Outcome send(Target target, Map<String, String> headers, byte[] body);
}
