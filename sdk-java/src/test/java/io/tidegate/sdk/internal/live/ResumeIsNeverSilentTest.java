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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is lost, repeated, cut, forgotten or begun anew between a gateway and a subscription:
 * the seqs that are delivered increase, each of them is what was published, and whatever is left
 * out was announced before. Other histories each time; a failure names its seed, and {@code
 * -Dresume.seed=SEED} plays that one alone.
 */
class ResumeIsNeverSilentTest {
  private static final int HISTORIES = 1_000;

  @Test
  void deliveredOnceInOrderAndEveryJumpIsAnnounced() {
    Long named = Long.getLong("resume.seed");
    LongStream seeds = named != null ? LongStream.of(named) : new SecureRandom().longs(HISTORIES);
    seeds.forEach(
        seed -> {
          try {
            play(new Random(seed));
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -Dresume.seed=" + seed + ": " + e.getMessage(), e);
          }
        });
  }

  private static void play(Random random) {
    ModelGateway gateway = new ModelGateway(random);
    Feed feed = new Feed("c", gateway);
    gateway.serve(feed);
    List<Log> logs = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(12)) {
        case 0 -> gateway.cut();
        case 1, 2 -> gateway.reconnect();
        case 3 -> gateway.forget();
        case 4 -> gateway.beginAnew();
        case 5 -> {
          if (logs.size() < 3) {
            logs.add(new Log(feed, gateway, random));
          }
        }
        case 6 -> gateway.misbehave();
        case 7 -> logs.forEach(log -> log.receiver.request(random.nextInt(8)));
        default -> gateway.publish(1 + random.nextInt(4));
      }
      gateway.deliver(random.nextInt(6));
    }
    gateway.behave();
    for (int round = 0; round < 50; round++) {
      gateway.reconnect();
      logs.forEach(log -> log.receiver.request(1_000));
      gateway.deliver(1_000);
    }
    for (Log log : logs) {
      assertThat(log.ended).isFalse();
      assertThat(log.receiver.position()).as("%s", log.events).contains(gateway.head());
      if (log.began) {
        assertThat(log.last).as("all has come: %s", log.events).isEqualTo(gateway.head());
      }
    }
  }

  /** What one subscription was told; it checks each word. */
  private static final class Log implements Receiver.Sink, Receiver.Owner {
    private final Feed feed;
    private final ModelGateway gateway;
    private final Receiver receiver;
    private final List<String> events = new ArrayList<>();
    private Position last = new Position("none", 0);
    private boolean began;
    private boolean ended;

    Log(Feed feed, ModelGateway gateway, Random random) {
      this.feed = feed;
      this.gateway = gateway;
      SubscribeOptions options =
          random.nextBoolean() ? SubscribeOptions.live() : SubscribeOptions.rewind(3);
      MessageCodec codec = new MessageCodec("c", ChannelOptions.none(), JsonMapper.builtIn());
      this.receiver = new Receiver("c", codec, options.buffer(4), this, 2, Runnable::run, this);
      feed.add(receiver);
    }

    @Override
    public void message(Message message) {
      events.add("message " + message.position());
      assertThat(message.id()).isEqualTo(gateway.idAt(message.position()));
      if (began) {
        assertThat(message.position().seq()).as("%s", events).isEqualTo(last.seq() + 1);
      }
      began = true;
      last = message.position();
    }

    @Override
    public void jump(Discontinuity jump) {
      events.add("jump " + jump);
      if (began) {
        assertThat(jump.from()).contains(last);
      }
      assertThat(jump.to().seq()).isGreaterThanOrEqualTo(last.seq());
      began = true;
      last = jump.to();
    }

    @Override
    public void end(TidegateException reason) {
      ended = true;
    }

    @Override
    public void drained(Receiver one) {
      if (one.parked) {
        feed.drained(one);
      }
    }

    @Override
    public void closed(Receiver one) {
      feed.remove(one);
    }

    @Override
    public Optional<Position> position(Receiver one) {
      return Optional.ofNullable(one.cursor.position());
    }
  }
}
