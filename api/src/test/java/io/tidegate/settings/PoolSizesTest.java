package io.tidegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolSizesTest {
  /** A default PostgreSQL: max_connections, and what it reserves for superusers. */
  private static final int CONNECTIONS = 100 - 3;

  private static PoolSizes read(String value) {
    return PoolSizes.read(new Variables(Map.of("TIDEGATE_DATABASE_CONNECTIONS", value)));
  }

  @Test
  void threeNodesLeaveADefaultPostgresRoomForPeople() {
    assertThat(read("")).isEqualTo(PoolSizes.STANDARD);
    assertThat(3 * PoolSizes.STANDARD.total()).isLessThanOrEqualTo(CONNECTIONS - 15);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 20, 26, 42, 100, 1_000})
  void everyConnectionIsSharedOutAndNobodyGoesWithout(int total) {
    PoolSizes sizes = read(Integer.toString(total));
    assertThat(sizes.total()).isEqualTo(total);
    assertThat(sizes.changes()).isGreaterThanOrEqualTo(2);
    assertThat(sizes.reads()).isGreaterThanOrEqualTo(3);
    assertThat(sizes.controlPlane()).isGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "15", "1001", "-1", "many", "26.0"})
  void whatIsTooFewOrNoNumberStopsTheStart(String value) {
    assertThatThrownBy(() -> read(value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("TIDEGATE_DATABASE_CONNECTIONS is not a number from 16 to 1000");
  }
}
