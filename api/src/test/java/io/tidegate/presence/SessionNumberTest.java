package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionNumberTest {
  private static final long LAST = (1L << 40) - 1;

  @Test
  void whoeverWentOnMoreOftenIsLater() {
    assertThat(SessionNumber.isLater(SessionNumber.of(1, 1), SessionNumber.of(0, LAST))).isTrue();
    assertThat(SessionNumber.isLater(SessionNumber.of(0, LAST), SessionNumber.of(1, 1))).isFalse();
    assertThat(SessionNumber.isLater(SessionNumber.of(3, 2), SessionNumber.of(3, 1))).isFalse();
  }

  @Test
  void whoDoesNotTellIsNeitherLaterNorEarlier() {
    assertThat(SessionNumber.isLater(SessionNumber.of(5, 1), 7)).isFalse();
    assertThat(SessionNumber.isLater(7, SessionNumber.of(0, 1))).isFalse();
  }

  @Test
  void sessionsAreToldApartHoweverOftenTheyWentOn() {
    int most = Integer.MAX_VALUE;
    assertThat(SessionNumber.of(most, 1)).isPositive().isNotEqualTo(SessionNumber.of(most, 2));
    assertThat(SessionNumber.isLater(SessionNumber.of(most, 1), SessionNumber.of(4_000_000, 1)))
        .isTrue();
  }
}
