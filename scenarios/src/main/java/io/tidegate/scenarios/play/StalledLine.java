package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.stage.Balancer;
import io.tidegate.scenarios.stage.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Connections stay open and nothing passes over them any more, as when a machine has lost its power
 * or a firewall its memory: who only listens finds out too, and goes on at another node.
 */
final class StalledLine implements Play {
  /** Publishes on the stalled line; a queue that is kept for it is not what this is about. */
  private static final int UNHEARD = 20;

  private static final int AFTER = 5;

  private final Scene scene;
  private final List<Balancer> balancers = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Watched> channels = new ArrayList<>();

  StalledLine(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void begin() throws Exception {
    watch("listener", "durable");
    watch("speaker", "window");
    for (Watched channel : channels) {
      channel.fromBackend(1);
    }
  }

  private void watch(String who, String durability) throws InterruptedException {
    Balancer balancer = scene.towardsVictim();
    Client client = scene.client(who, balancer);
    balancers.add(balancer);
    clients.add(client);
    channels.add(Watched.by(scene, client, scene.channel(durability)));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    scene.pause(0, 1_000);
    balancers.forEach(Balancer::freezeAndMoveOn);
    for (int i = 0; i < UNHEARD; i++) {
      fromBackend();
      channels.getLast().fromWriter(1);
      scene.pause(20, 200);
    }
    Patience.demand(
        () -> {
          fromBackend();
          return clients.stream().allMatch(client -> client.connections() > 1);
        },
        () ->
            "one does not notice, or finds no way: "
                + clients.stream().map(Client::state).toList());
    for (int i = 0; i < AFTER; i++) {
      fromBackend();
      for (Watched channel : channels) {
        channel.fromWriter(1);
      }
    }
  }

  private void fromBackend() {
    try {
      for (Watched channel : channels) {
        channel.fromBackend(1);
      }
      scene.pause(50, 250);
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
