package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.stage.Balancer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A client is away for 10 s, while 1,000 messages are published, and it publishes too. */
final class Offline implements Play {
  private static final int SECONDS = 10;
  private static final int MESSAGES = 1_000;
  private static final int AT_ONCE = 20;

  private final Scene scene;
  private final Balancer balancer;
  private final List<Watched> channels = new ArrayList<>();

  Offline(Scene scene) {
    this.scene = scene;
    this.balancer = scene.towardsVictim();
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client("away", balancer);
    channels.add(Watched.by(scene, client, scene.channel("durable")));
    channels.add(Watched.by(scene, client, scene.channel("window")));
    for (Watched channel : channels) {
      channel.fromBackend(1);
    }
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    scene.pause(0, 500);
    long back = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    balancer.shut();
    for (int sent = 0; sent < MESSAGES; sent += AT_ONCE) {
      for (Watched channel : channels) {
        channel.fromBackend(AT_ONCE);
      }
      scene.pause(20, 180);
      if (sent % (10 * AT_ONCE) == 0) {
        channels.get(0).fromWriter(2);
      }
    }
    Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(back - System.nanoTime())));
    balancer.open();
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
