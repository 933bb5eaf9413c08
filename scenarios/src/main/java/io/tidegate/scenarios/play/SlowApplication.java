package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An application takes its messages more slowly than they come, with little room for them. */
final class SlowApplication implements Play {
  private static final int MESSAGES = 600;
  private static final int AT_ONCE = 50;
  private static final int MILLIS_EACH = 5;
  private static final int BUFFER = 64;

  private final Scene scene;
  private Optional<Watched> channel = Optional.empty();

  SlowApplication(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client("slow", scene.towardsVictim());
    Client.How slowly = new Client.How(null, MILLIS_EACH, BUFFER);
    channel = Optional.of(Watched.by(scene, client, client, scene.channel("durable"), slowly));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    for (int sent = 0; sent < MESSAGES; sent += AT_ONCE) {
      channel.orElseThrow().fromBackend(AT_ONCE);
      scene.pause(0, 100);
    }
  }

  @Override
  public List<String> end() throws Exception {
    return channel.orElseThrow().verdict(false);
  }

  @Override
  public int weight() {
    return channel.orElseThrow().received();
  }
}
