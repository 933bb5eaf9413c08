package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of frames sees what it must. */
final class FrameContractTest {
  private static final FrameContract CONTRACT = FrameContract.load();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"pong\"}",
        "{\"type\":\"skipped\",\"channel\":\"a\",\"seq\":1}",
        "{\"type\":\"message\",\"channel\":\"a\",\"seq\":1,\"id\":\"x\",\"data\":null,\"timestamp\":1}",
        "{\"type\":\"reply\",\"id\":\"1\",\"expiresAt\":1}",
        "{\"type\":\"reply\",\"id\":\"1\",\"channel\":\"a\"}"
      })
  void framesThatKeepToTheContractPass(String frame) {
    assertThat(CONTRACT.validateServer(frame)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"skipped\",\"channel\":\"a\",\"seq\":1,\"extra\":1}",
        "{\"type\":\"skipped\",\"channel\":\"a\"}",
        "{\"type\":\"skipped\",\"channel\":\"a\",\"seq\":\"1\"}",
        "{\"type\":\"discontinuity\",\"channel\":\"a\",\"epoch\":\"e\",\"seq\":1,\"reason\":\"mood\"}",
        "{\"type\":\"error\",\"code\":404,\"message\":\"x\"}",
        "{\"type\":\"reply\",\"channel\":\"a\"}",
        "{\"type\":\"auth\",\"token\":\"a client's frame\"}",
        "{\"type\":\"hello\"}",
        "{\"seq\":1}",
        "[]",
        "{\"type\":\"pong\"} {}",
        "{\"type\":"
      })
  void faultyServerFramesAreSeen(String frame) {
    assertThat(CONTRACT.validateServer(frame)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"subscribe\",\"channel\":\"a\",\"channels\":[\"b\"]}",
        "{\"type\":\"subscribe\",\"channels\":[\"a\",\"b\"],\"since\":{\"epoch\":\"e\",\"seq\":1}}",
        "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"seq\":1},\"rewind\":1}",
        "{\"type\":\"subscribe\",\"channel\":\"a\",\"rewind\":\"2d\"}",
        "{\"type\":\"subscribe\",\"channel\":\"[other]log\"}",
        "{\"type\":\"publish\",\"channel\":\"a\",\"messages\":[{\"data\":1,\"mood\":1}]}",
        "{\"type\":\"ping\",\"id\":1}",
        "{\"type\":\"pong\"}"
      })
  void faultyClientFramesAreSeen(String frame) {
    assertThat(CONTRACT.validateClient(frame)).isNotEmpty();
  }

  @Test
  void anEventIsItsFrameOnOneLine() {
    String skipped = "{\"type\":\"skipped\",\"channel\":\"a\",\"seq\":1}";
    assertThat(CONTRACT.validateEvent("skipped", skipped)).isEmpty();
    assertThat(CONTRACT.validateEvent("message", skipped)).isNotEmpty();
    assertThat(CONTRACT.validateEvent("skipped", skipped.replace(",", ",\n"))).isNotEmpty();
    assertThat(CONTRACT.validateEvent("pong", "{\"type\":\"pong\"}")).isNotEmpty();
  }
}
