package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.judge.Event;
import io.tidegate.scenarios.stage.Balancer;
import io.tidegate.scenarios.stage.Patience;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The other SDK publishes encrypted, this one reads; whoever has another key reads nothing. */
final class Encrypted implements Play {
  private static final int EACH = 10;
  private static final int ROUNDS = 4;

  private final Scene scene;
  private Optional<Watched> channel = Optional.empty();
  private Optional<Client> stranger = Optional.empty();

  Encrypted(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void begin() throws Exception {
    Balancer balancer = scene.towardsVictim();
    Client reader = scene.client("reader", balancer);
    Client writer = scene.client(scene.otherSdk(), "writer", scene.elsewhere());
    String name = scene.channel("durable");
    channel = Optional.of(Watched.by(scene, reader, writer, name, with(key())));
    stranger = Optional.of(scene.client("stranger", balancer));
    stranger.orElseThrow().subscribe(name, with(key()));
  }

  private static Client.How with(String key) {
    return new Client.How(key, 0, 0);
  }

  private String key() {
    byte[] key = new byte[32];
    scene.random().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      channel.orElseThrow().fromWriter(EACH);
      scene.pause(0, 200);
    }
  }

  @Override
  public List<String> end() throws Exception {
    Watched watched = channel.orElseThrow();
    List<String> found = new ArrayList<>(watched.verdict(false));
    for (String data : scene.tenant().backend().data(watched.channel())) {
      if (data.contains(scene.clientId(""))) {
        found.add("the gateway can read it: " + data);
      }
    }
    Patience.until(() -> errors() == ROUNDS * EACH);
    if (errors() != ROUNDS * EACH) {
      found.add("with another key: " + errors() + " errors, wanted " + ROUNDS * EACH);
    }
    return found;
  }

  private int errors() {
    return (int)
        stranger.orElseThrow().all(Event.Got.class).stream()
            .filter(got -> got.error().isPresent() && got.data().isEmpty())
            .count();
  }

  @Override
  public int weight() {
    return channel.orElseThrow().received();
  }
}
