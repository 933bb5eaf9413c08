package io.tidegate.sdk.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.Tidegate;
import io.tidegate.sdk.TidegateException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Properties make a client, which ends with its context. */
class TidegateBeanTest {
  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TidegateAutoConfiguration.class));

  @Test
  void aKeyMakesAClientThatIsClosedWithTheContext() {
    AtomicReference<@Nullable Tidegate> made = new AtomicReference<>();
    contexts
        .withPropertyValues("tidegate.url=http://127.0.0.1:1", "tidegate.key=1.k:secret")
        .run(context -> made.set(context.getBean(Tidegate.class)));
    Tidegate tidegate = Objects.requireNonNull(made.get());
    assertThat(tidegate).hasToString("Tidegate at http://127.0.0.1:1");
    assertThatThrownBy(() -> tidegate.channel("a").publish("n", 1))
        .isInstanceOfSatisfying(
            TidegateException.class,
            e -> assertThat(e.is(TidegateException.Local.CLOSED)).isTrue());
  }

  @Test
  void withoutAKeyThereIsNone() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(Tidegate.class));
  }
}
