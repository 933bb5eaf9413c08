package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.stage.Patience;
import io.tidegate.scenarios.stage.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The backend that makes tokens fails, until the last one has ended and for a while longer. */
final class TokenLapse implements Play {
  /** The gateway warns at once, and closes at most 5 s behind the end. */
  private static final long TTL_SECONDS = 10;

  /** Of those that follow. */
  private static final long LONG_TTL_SECONDS = 600;

  private static final int ROUNDS_WITHOUT = 10;
  private static final int AFTER = 5;

  private final Scene scene;
  private final URI desk;
  private final List<Watched> channels = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private Optional<Client> guest = Optional.empty();

  TokenLapse(Scene scene) {
    this.scene = scene;
    this.desk = scene.tokens("guest", TTL_SECONDS);
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client(scene.sdk(), "guest", scene.towardsVictim(), desk);
    guest = Optional.of(client);
    channels.add(Watched.by(scene, client, scene.channel("durable")));
    channels.add(Watched.by(scene, client, scene.channel("window")));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    Tokens tokens = scene.world().tokens();
    Client client = guest.orElseThrow();
    some();
    tokens.shut(desk);
    Patience.demand(
        () -> {
          some();
          return !client.isConnected();
        },
        () -> "it stays connected without a token");
    for (int i = 0; i < ROUNDS_WITHOUT; i++) {
      some();
    }
    if (client.isConnected()) {
      broken.add("it is connected again without a token");
    }
    Patience.demand(() -> tokens.refused(desk) > 1, () -> "it does not ask again");
    int before = client.connections();
    tokens.open(desk, LONG_TTL_SECONDS);
    Patience.demand(
        () -> {
          some();
          return client.connections() > before;
        },
        () -> "it does not come back: " + client.state());
    for (int i = 0; i < AFTER; i++) {
      some();
    }
  }

  private void some() {
    try {
      for (Watched channel : channels) {
        channel.fromBackend(1);
        channel.fromWriter(1);
      }
      scene.pause(100, 400);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> end() throws Exception {
    List<String> found = new ArrayList<>(broken);
    found.addAll(Watched.verdicts(channels));
    return found;
  }

  @Override
  public int weight() {
    return Watched.received(channels);
  }
}
