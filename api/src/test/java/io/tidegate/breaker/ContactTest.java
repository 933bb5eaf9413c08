package io.tidegate.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContactTest {
  private static final AppId CHANGED = new AppId("1");
  private static final AppId OTHER = new AppId("2");

  private long nanos = 1;
  private final Contact contact = new Contact(() -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void itIsLostAMinuteAfterAStoreAnswered() {
    pass(Duration.ofSeconds(60));
    assertThat(contact.isLost()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(contact.isLost()).isTrue();
    contact.reached();
    assertThat(contact.isLost()).isFalse();
    assertThat(contact.seconds()).isZero();
  }

  @Test
  void anAppThatHasChangedIsLateWhenItCouldNotBeReadForFiveSeconds() {
    contact.unread(List.of(CHANGED));
    pass(Duration.ofSeconds(4));
    contact.unread(List.of(CHANGED));
    assertThat(contact.isLate(CHANGED)).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(contact.isLate(CHANGED)).as("from the first time it was told").isTrue();
    assertThat(contact.isLate(OTHER)).isFalse();
    assertThat(contact.unreadApps()).isOne();
    contact.read();
    assertThat(contact.isLate(CHANGED)).isFalse();
    assertThat(contact.unreadApps()).isZero();
  }

  @Test
  void whereTooManyHaveChangedAllAreLate() {
    contact.unread(
        IntStream.range(10, 1_010).mapToObj(i -> new AppId(Integer.toString(i))).toList());
    assertThat(contact.isLate(OTHER)).isFalse();
    pass(Duration.ofSeconds(6));
    assertThat(contact.isLate(OTHER)).isTrue();
    contact.read();
    assertThat(contact.isLate(OTHER)).isFalse();
  }
}
