package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.judge.Sent;
import io.tidegate.scenarios.stage.Balancer;
import io.tidegate.scenarios.stage.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Publishes arrive, their acknowledgements do not, and the connection breaks: several times. */
final class AcknowledgementsLost implements Play {
  private static final int ROUNDS = 3;
  private static final int EACH = 30;

  private final Scene scene;
  private final Balancer balancer;
  private final List<Watched> channels = new ArrayList<>();

  AcknowledgementsLost(Scene scene) {
    this.scene = scene;
    this.balancer = scene.towardsVictim();
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client("unheard", balancer);
    channels.add(Watched.by(scene, client, scene.channel("durable")));
    channels.add(Watched.by(scene, client, scene.channel("window")));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      // Who is on the way back would be kept out for ever.
      for (Watched channel : channels) {
        Patience.demand(channel::isAnswered, () -> "no answer comes: " + channel.channel());
      }
      balancer.swallowAnswers();
      for (Watched channel : channels) {
        // Not all: an SDK may wait for the answer to what it sent before.
        String first = channel.fromWriter(EACH).getFirst();
        Patience.demand(
            () -> arrived(channel).contains(first), () -> "a publish does not arrive: " + first);
      }
      scene.pause(0, 300);
      balancer.cutNow();
      scene.pause(0, 800);
    }
  }

  private List<String> arrived(Watched channel) {
    try {
      return scene.tenant().backend().history(channel.channel()).stream().map(Sent::id).toList();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> end() throws Exception {
    return Watched.verdicts(channels);
  }

  @Override
  public int weight() {
    return Watched.received(channels);
  }
}
