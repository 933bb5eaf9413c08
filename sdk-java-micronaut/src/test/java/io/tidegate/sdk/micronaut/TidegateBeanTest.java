package io.tidegate.sdk.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.TidegateException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Properties make a client, which ends with its context. */
class TidegateBeanTest {
  @Test
  void aKeyMakesAClientThatIsClosedWithTheContext() {
    Tidegate tidegate;
    try (ApplicationContext context =
        ApplicationContext.run(
            Map.of("tidegate.url", "http://127.0.0.1:1", "tidegate.key", "1.k:secret"))) {
      tidegate = context.getBean(Tidegate.class);
      assertThat(tidegate).hasToString("Tidegate at http://127.0.0.1:1");
    }
    assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
        .isInstanceOfSatisfying(
            TidegateException.class,
            e -> assertThat(e.is(TidegateException.Local.CLOSED)).isTrue());
  }

  @Test
  void withoutAKeyThereIsNone() {
    try (ApplicationContext context = ApplicationContext.run()) {
      assertThat(context.containsBean(Tidegate.class)).isFalse();
    }
  }
}
