package io.tidegate.limit;

import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.Rate;

/**
 * How a rate stands, as the RateLimit header fields tell it (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param policy its name
 * @param quota so many in the window
 * @param windowSeconds the window
 * @param left how many more are granted now
 * @param fullInSeconds until all of the quota is there again
 */
public record Standing(
    String policy, long quota, long windowSeconds, long left, long fullInSeconds) {

  static Standing of(String policy, Rate rate, Bucket bucket) {
    long left = bucket.left(rate);
    long perSecond = Math.max(1, rate.perSecond());
    return new Standing(
        policy,
        rate.burst(),
        seconds(rate.burst(), perSecond),
        left,
        seconds(rate.burst() - left, perSecond));
  }

  private static long seconds(long many, long perSecond) {
    return Math.max(many > 0 ? 1 : 0, Math.ceilDiv(many, perSecond));
  }
}
