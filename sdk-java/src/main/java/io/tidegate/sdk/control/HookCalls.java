package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of asking a hook, on the node that answers, since it began to ask.
 *
 * @param counts by outcome: {@code allow}, {@code refuse}, {@code change}, {@code failed}, {@code
 *     open}, {@code cached}
 * @param items the last 50 that were not simply {@code allow}, the newest first
 */
public record HookCalls(String node, Map<String, Long> counts, List<Item> items) {
  /**
   * One time it was asked.
   *
   * @param about the channel, or the clientId that connects
   * @param detail the reason of a refusal, or why there was no answer
   */
  public record Item(
      Instant at,
      String outcome,
      long latencyMs,
      Optional<String> about,
      Optional<String> detail) {}
}
