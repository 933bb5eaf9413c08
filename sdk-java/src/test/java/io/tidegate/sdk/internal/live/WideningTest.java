package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.Discontinuity;
import io.tidegate.sdk.JsonMapper;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.message.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wants to know who is present in a channel it has already, is told so and loses nothing. */
class WideningTest implements Receiver.Sink, Receiver.Owner {
  private final FakeWire wire = new FakeWire();
  private final Feed feed = new Feed("c", wire);
  private final List<Long> got = new ArrayList<>();
  private final List<Discontinuity> jumps = new ArrayList<>();
  private final List<TidegateException> ends = new ArrayList<>();

  @BeforeEach
  void subscribe() {
    MessageCodec codec = new MessageCodec("c", ChannelOptions.none(), JsonMapper.builtIn());
    feed.add(new Receiver("c", codec, SubscribeOptions.live(), this, 1_000, Runnable::run, this));
    assertThat(begin(wire.take(), 4).containsKey("presence")).isFalse();
    message(5);
  }

  @Test
  void itIsAskedForBesideAndTheMessagesGoOn() {
    feed.followPresence();
    feed.followPresence();
    Map<?, ?> asked = wire.take();
    assertThat(asked.get("type")).isEqualTo("subscribe");
    assertThat(asked.get("presence")).isEqualTo(true);
    assertThat(asked.containsKey("since")).isFalse();
    message(6);
    begin(asked, 6);
    message(7);
    assertThat(got).containsExactly(5L, 6L, 7L);
    assertThat(jumps).isEmpty();
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void aRefusalThatPassesIsAskedAgain() {
    feed.followPresence();
    wire.refuse(wire.take(), 50300);
    message(6);
    wire.runLater();
    assertThat(wire.take().get("presence")).isEqualTo(true);
    assertThat(got).containsExactly(5L, 6L);
    assertThat(ends).isEmpty();
  }

  @Test
  void oneThatStaysEndsTheSubscriptionAsIfItHadBegunSo() {
    feed.followPresence();
    wire.refuse(wire.take(), 40301);
    assertThat(ends).singleElement().satisfies(end -> assertThat(end.code()).isEqualTo(40301));
    assertThat(wire.take().get("type")).isEqualTo("unsubscribe");
    assertThat(feed.isIdle()).isTrue();
  }

  @Test
  void aNewLineIsAskedForBothAtOnce() {
    feed.followPresence();
    wire.take();
    feed.detached();
    feed.attached();
    Map<?, ?> asked = wire.take();
    assertThat(asked.get("presence")).isEqualTo(true);
    assertThat(asked.containsKey("since")).isTrue();
    begin(asked, 5);
    message(6);
    assertThat(got).containsExactly(5L, 6L);
    assertThat(wire.sent).isEmpty();
  }

  private Map<?, ?> begin(Map<?, ?> asked, long seq) {
    feed.subscribed(
        Frame.read(
            "{\"type\":\"subscribed\",\"id\":\"%s\",\"channel\":\"c\",\"epoch\":\"e\",\"seq\":%d,\"resumed\":false}"
                .formatted(asked.get("id"), seq)));
    return asked;
  }

  private void message(long seq) {
    feed.message(
        Frame.read(
            "{\"type\":\"message\",\"channel\":\"c\",\"seq\":%d,\"id\":\"m%d\",\"data\":1,\"timestamp\":1}"
                .formatted(seq, seq)));
  }

  @Override
  public void message(Message message) {
    got.add(message.position().seq());
  }

  @Override
  public void jump(Discontinuity jump) {
    jumps.add(jump);
  }

  @Override
  public void end(TidegateException reason) {
    ends.add(reason);
  }

  @Override
  public void drained(Receiver receiver) {}

  @Override
  public void closed(Receiver receiver) {}

  @Override
  public Optional<Position> position(Receiver receiver) {
    return Optional.empty();
  }
}
