package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Map;

/**
 * What an app used in one minute, hour, day or month.
 *
 * @param refusals how often each code was answered
 */
public record Usage(
    Instant start,
    String appId,
    long publishes,
    long deliveries,
    long bytesIn,
    long bytesOut,
    long connectionsPeak,
    long connectionMinutes,
    long channelsPeak,
    long membersPeak,
    long storedBytes,
    long webhooks,
    Map<String, Long> refusals) {}
