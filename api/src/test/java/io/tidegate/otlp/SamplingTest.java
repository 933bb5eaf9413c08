package io.tidegate.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.settings.Otlp;
import io.tidegate.trace.Trace;
import io.tidegate.trace.Traces;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplingTest {
  private static final String GOOD = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static Traces traces(double ratio) {
    // Nothing is ended here, so nothing is sent.
    return OtlpTraces.open(
        new Otlp(URI.create("http://127.0.0.1:9/v1/traces"), Map.of(), ratio), "node", "test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be"
      })
  void wellFormedParentIsTaken(String header) {
    try (Traces traces = traces(0)) {
      assertThat(traces.parent(List.of(header))).isEqualTo(header);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "é0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void malformedParentIsNone(String header) {
    try (Traces traces = traces(0)) {
      assertThat(traces.parent(List.of(header))).isNull();
    }
  }

  @Test
  void parentThatIsThereTwiceIsNone() {
    try (Traces traces = traces(1)) {
      assertThat(traces.parent(List.of(GOOD, GOOD))).isNull();
      assertThat(traces.parent(List.of())).isNull();
    }
  }

  @Test
  void traceGoesOnWithTheIdOfItsParent() {
    try (Traces traces = traces(0)) {
      Trace trace = traces.begin(GOOD);
      assertThat(trace).isNotNull();
      assertThat(trace.id()).isEqualTo(GOOD.substring(3, 35));
      assertThat(trace.traceparent()).startsWith(GOOD.substring(0, 36)).endsWith("-01");
      assertThat(trace.traceparent()).isNotEqualTo(GOOD);
    }
  }

  @Test
  void requestsOfNoTraceAreDrawnByLot() {
    try (Traces none = traces(0);
        Traces all = traces(1)) {
      assertThat(none.begin(null)).isNull();
      assertThat(all.begin(null)).isNotNull();
    }
  }

  @Test
  void callersCannotHaveMoreTracedThanTheCap() {
    long begun = System.nanoTime();
    try (Traces traces = traces(1)) {
      int traced = 0;
      for (int i = 0; i < 20 * RateCap.TRACES_PER_SECOND; i++) {
        traced += traces.begin(i % 2 == 0 ? GOOD : null) == null ? 0 : 1;
      }
      long seconds = (System.nanoTime() - begun) / 1_000_000_000L + 1;
      assertThat((long) traced)
          .isBetween((long) RateCap.TRACES_PER_SECOND, seconds * RateCap.TRACES_PER_SECOND);
    }
  }
}
