package io.tidegate.log;

import java.time.Duration;

/**
 * The bounds of the log.
 *
 * @param lanes batches written at the same time; a channel always takes the same lane
 * @param batchMessages how many messages one transaction takes at most
 * @param batchBytes how many bytes one transaction takes at most, unless one unit alone is larger
 * @param queueMessages how many messages wait in a lane at most; a tenant may fill half of it
 * @param queueBytes how many bytes wait in a lane at most; a tenant may fill half of it
 * @param queueAge what waited longer is refused: the database stands still
 * @param answerTime within which every append is answered, if only with outcome-unknown
 */
public record LogSettings(
    int lanes,
    int batchMessages,
    int batchBytes,
    int queueMessages,
    int queueBytes,
    Duration queueAge,
    Duration answerTime) {
  public static final LogSettings DEFAULT =
      new LogSettings(
          4, 200, 1 << 20, 8_000, 16 << 20, Duration.ofSeconds(2), Duration.ofSeconds(5));
}
