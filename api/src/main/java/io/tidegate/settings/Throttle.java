package io.tidegate.settings;

/**
 * What the installation itself limits, for every address and key; 0 lifts a limit.
 *
 * @param requestsPerIp REST requests per second from one address
 * @param requestsPerKey REST requests per second with one key, its tokens included
 * @param failedAuthentications a minute from one address; then each next one doubles a delay
 */
public record Throttle(int requestsPerIp, int requestsPerKey, int failedAuthentications) {
  /** Generous: more than one node serves, so that only a flood from one place meets it. */
  private static final int REQUESTS = 10_000;

  private static final int FAILED_AUTHENTICATIONS = 10;
  private static final int MAX = 999_999_999;

  static Throttle read(Variables variables) {
    return new Throttle(
        variables.number("TIDEGATE_REQUESTS_PER_SECOND_PER_IP", REQUESTS, MAX),
        variables.number("TIDEGATE_REQUESTS_PER_SECOND_PER_KEY", REQUESTS, MAX),
        variables.number("TIDEGATE_FAILED_AUTH_PER_MINUTE", FAILED_AUTHENTICATIONS, MAX));
  }
}
