package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class NeededTest {
  private static final String NOWHERE = "a-program-that-nobody-has";

  @Test
  void programOfThisMachineIsFound() {
    assertThat(Needed.program("sh", true)).isExecutable();
  }

  @Test
  void missingOneSkipsTheTestAndFailsItInCi() {
    assertThatThrownBy(() -> Needed.program(NOWHERE, false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("make setup");
    assertThatThrownBy(() -> Needed.program(NOWHERE, true))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining(NOWHERE + " is not installed");
  }
}
