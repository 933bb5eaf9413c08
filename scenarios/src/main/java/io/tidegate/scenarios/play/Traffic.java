package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A client that reads and publishes all the time, on the node that is struck. */
final class Traffic implements Play {
  /** Beside what is sent while the cluster is struck. */
  private static final int AFTER = 5;

  private final Scene scene;
  private final boolean windowMayJump;
  private final List<Watched> channels = new ArrayList<>();

  /**
   * @param windowMayJump whether what windows are kept in is struck
   */
  Traffic(Scene scene, boolean windowMayJump) {
    this.scene = scene;
    this.windowMayJump = windowMayJump;
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client("busy", scene.towardsVictim());
    channels.add(Watched.by(scene, client, scene.channel("durable")));
    channels.add(Watched.by(scene, client, scene.channel("window")));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    while (!over.getAsBoolean()) {
      some();
      scene.pause(20, 120);
    }
    for (int i = 0; i < AFTER; i++) {
      some();
    }
  }

  private void some() throws Exception {
    for (Watched channel : channels) {
      channel.fromWriter(2);
      channel.fromBackend(1);
    }
  }

  @Override
  public List<String> end() throws Exception {
    List<String> found = new ArrayList<>(channels.get(0).verdict(false));
    found.addAll(channels.get(1).verdict(windowMayJump));
    return found;
  }

  @Override
  public int weight() {
    return Watched.received(channels);
  }
}
