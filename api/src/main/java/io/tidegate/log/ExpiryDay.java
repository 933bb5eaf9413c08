package io.tidegate.log;

import java.time.LocalDate;

/** Days (UTC) counted from 1970-01-01: in which partition a message lies. */
final class ExpiryDay {
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** Longer retention ends with a month, so that ten years are 120 partitions, not 3,650. */
  private static final int LONGEST_DAILY = 31;

  private ExpiryDay() {}

  static int dayOf(long millis) {
    return (int) Math.floorDiv(millis, MILLIS_PER_DAY);
  }

  /** The first day on which a message of {@code day} is kept no more by so many days. */
  static int of(int day, int retentionDays) {
    int expires = day + retentionDays + 1;
    if (retentionDays <= LONGEST_DAILY) {
      return expires;
    }
    LocalDate date = LocalDate.ofEpochDay(expires);
    LocalDate month = date.withDayOfMonth(1);
    return (int) (date.equals(month) ? date : month.plusMonths(1)).toEpochDay();
  }
}
