package io.tidegate.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * A step of the connection.
 *
 * @param reason why it was lost or refused
 * @param retryIn when it is tried again
 */
public record ConnectionStateChange(
    ConnectionState previous,
    ConnectionState current,
    Optional<TidegateException> reason,
    Optional<Duration> retryIn) {}
