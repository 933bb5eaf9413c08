package io.tidegate.settings;

/**
 * What a node takes on before it says no, whoever asks.
 *
 * @param acceptedPerSecond how many clients may connect a second, with as many at once; 0: any
 *     number
 * @param connectionsPerAddress how many connections one address may hold; 0: any number
 * @param queuedMegabytes what may wait for clients to take it, and for the node to do it; 0: a
 *     quarter of the memory
 */
public record Overload(int acceptedPerSecond, int connectionsPerAddress, int queuedMegabytes) {
  /** What one node lets in and brings up to date without those already there noticing. */
  private static final int ACCEPTED_PER_SECOND = 500;

  /** More than a network behind one address has users of one service at a time. */
  private static final int CONNECTIONS_PER_ADDRESS = 20_000;

  private static final int MAX = 999_999_999;
  private static final int MAX_MEGABYTES = 1 << 20;

  static Overload read(Variables variables) {
    return new Overload(
        variables.number("TIDEGATE_ACCEPTED_PER_SECOND", ACCEPTED_PER_SECOND, MAX),
        variables.number("TIDEGATE_CONNECTIONS_PER_ADDRESS", CONNECTIONS_PER_ADDRESS, MAX),
        variables.number("TIDEGATE_QUEUED_MB", 0, MAX_MEGABYTES));
  }
}
