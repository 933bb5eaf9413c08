package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelName;
import io.tidegate.session.SessionWorld.Line;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who looks at one connection sees how far it is. */
class ProgressTest {
  private static final ChannelName NAME = SessionWorld.CHANNEL.name();

  private final SessionWorld world = new SessionWorld();

  private static Pursuit pursuit(Line line) {
    return Objects.requireNonNull(line.session().progress().pursuit(NAME));
  }

  @Test
  void oneThatIsInNoChannelPursuesNone() {
    Progress progress = world.connect().session().progress();
    assertThat(progress.subscriptions()).isZero();
    assertThat(progress.pursuits()).isEmpty();
    assertThat(progress.pursuit(NAME)).isNull();
  }

  @Test
  void aSubscriptionHasNoPlaceBeforeItHasBegun() {
    Line line = world.subscribing();
    assertThat(line.session().progress().subscriptions()).isEqualTo(1);
    assertThat(pursuit(line).state()).isEqualTo(Pursuit.State.BEGINNING);
    assertThat(pursuit(line).at()).isNull();
    world.run();
    assertThat(pursuit(line).state()).isEqualTo(Pursuit.State.LIVE);
    assertThat(pursuit(line).at()).isNotNull();
    assertThat(line.session().progress().pursuits()).containsExactly(pursuit(line));
  }

  @Test
  void oneWhoseClientDoesNotReadIsBehindUntilItDoes() {
    Line slow = world.subscribed();
    Line quick = world.subscribed();
    world.publish();
    slow.fill(70_000);
    world.publish();
    world.publish();

    assertThat(pursuit(quick).lag()).isZero();
    assertThat(pursuit(slow).state()).isEqualTo(Pursuit.State.BEHIND);
    assertThat(pursuit(slow).lag()).isEqualTo(2);
    assertThat(Objects.requireNonNull(pursuit(slow).at()).seq()).isEqualTo(1);
    Progress progress = slow.session().progress();
    assertThat(progress.unsentBytes()).isEqualTo(70_000);

    slow.drain();
    assertThat(String.join("", slow.messages)).isEqualTo("m1m2m3");
    assertThat(pursuit(slow).state()).isEqualTo(Pursuit.State.LIVE);
    assertThat(pursuit(slow).at()).isEqualTo(pursuit(quick).at());
    assertThat(progress.unsentBytes()).isZero();
  }

  /** Lists ask from any thread, so that they are told what the loop saw last. */
  @Test
  void howFarItIsBehindIsAsItWasLastMeasured() {
    Line line = world.subscribed();
    Progress progress = line.session().progress();
    line.fill(1);
    world.publish();
    assertThat(progress.lag()).isZero();
    progress.measure();
    assertThat(progress.lag()).isEqualTo(1);
    line.drain();
    assertThat(progress.lag()).isEqualTo(1);
    progress.measure();
    assertThat(progress.lag()).isZero();
  }

  @Test
  void itSaysWhereTheClientIsPresent() {
    Line line = world.subscribed();
    assertThat(pursuit(line).present()).isFalse();
    line.session().attendance().entered(SessionWorld.CHANNEL, 10);
    assertThat(pursuit(line).present()).isTrue();
    line.session().attendance().left(SessionWorld.CHANNEL);
    assertThat(pursuit(line).present()).isFalse();
  }

  @Test
  void oneThatHasLeftAChannelPursuesItNoMore() {
    Line line = world.subscribed();
    line.session().subscriptions().end("2", NAME);
    assertThat(line.session().progress().pursuit(NAME)).isNull();
    assertThat(line.session().progress().subscriptions()).isZero();
  }
}
