package io.tidegate.control;

import io.tidegate.usage.Counts;
import io.tidegate.usage.UsageRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Usage as RFC 4180 has it: a header line, a line per row; no field needs quotes. */
final class UsageCsv {
  static final String MEDIA_TYPE = "text/csv";

  private static final String HEADER =
      "start,appId,publishes,deliveries,bytesIn,bytesOut,connectionsPeak,connectionMinutes,"
          + "channelsPeak,membersPeak,storedBytes,webhooks,refusals,"
          + "latencyP50Ms,latencyP95Ms,latencyP99Ms\r\n";

  private UsageCsv() {}

  static String of(List<UsageRow> rows) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (UsageRow row : rows) {
      Counts counts = row.counts();
      csv.append(Times.text(row.start())).append(',').append(row.app().value());
      for (long number :
          new long[] {
            counts.publishes(),
            counts.deliveries(),
            counts.bytesIn(),
            counts.bytesOut(),
            counts.connectionsPeak(),
            counts.connectionMinutes(),
            counts.channelsPeak(),
            counts.membersPeak(),
            row.storedBytes(),
            counts.webhooks()
          }) {
        csv.append(',').append(number);
      }
      csv.append(',').append(refusals(counts));
      Map<String, BigDecimal> latency = RatesView.latency(counts.latency());
      if (latency == null) {
        csv.append(",,,");
      } else {
        latency.values().forEach(millis -> csv.append(',').append(millis));
      }
      csv.append("\r\n");
    }
    return csv.toString();
  }

  /** {@code 40301=2 42910=7}. */
  private static String refusals(Counts counts) {
    return counts.sortedRefusals().entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining(" "));
  }
}
