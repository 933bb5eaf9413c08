package io.tidegate.control;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times of the control plane: RFC 3339 in UTC, to the millisecond. */
final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : FORMAT.format(time);
  }
}
