package io.tidegate.control;

import io.tidegate.figures.LatencyCounts;
import io.tidegate.pulse.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rates and latencies as the contract shows them. */
public final class RatesView {
  private static final int PLACES = 2;

  private RatesView() {}

  public static Map<String, @Nullable Object> of(Rates rates) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("channels", rates.channels());
    view.put("publishesPerSecond", rounded(rates.publishes()));
    view.put("deliveriesPerSecond", rounded(rates.deliveries()));
    view.put("bytesInPerSecond", rounded(rates.bytesIn()));
    view.put("bytesOutPerSecond", rounded(rates.bytesOut()));
    view.put("refusalsPerSecond", rounded(rates.refusals()));
    view.put("latencyMs", latency(rates.latency()));
    return view;
  }

  /** Null when nothing was counted. */
  static @Nullable Map<String, BigDecimal> latency(LatencyCounts counts) {
    if (counts.total() == 0) {
      return null;
    }
    Map<String, BigDecimal> view = new LinkedHashMap<>();
    view.put("p50", rounded(counts.quantileMillis(0.5)));
    view.put("p95", rounded(counts.quantileMillis(0.95)));
    view.put("p99", rounded(counts.quantileMillis(0.99)));
    return view;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }
}
