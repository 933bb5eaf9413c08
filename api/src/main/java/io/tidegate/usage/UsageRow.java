package io.tidegate.usage;

import io.tidegate.channel.AppId;
import java.time.Instant;

/**
 * What an app used in the minute, hour, day or month (UTC) that begins at {@code start}.
 *
 * @param storedBytes what the durable log held of it, at most
 */
public record UsageRow(Instant start, AppId app, Counts counts, long storedBytes) {
  public Key key() {
    return new Key(start, app.number());
  }

  /** Its place in a list. */
  public record Key(Instant start, long app) {
    static final Key FIRST = new Key(Instant.EPOCH, 0);
  }
}
