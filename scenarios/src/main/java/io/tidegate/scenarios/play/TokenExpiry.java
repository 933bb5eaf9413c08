package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.stage.Patience;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tokens end again and again while messages flow. */
final class TokenExpiry implements Play {
  /** The gateway warns 30 s before the end: 2 s after the beginning. */
  private static final long TTL_SECONDS = 32;

  private static final int TOKENS = 3;

  private final Scene scene;
  private final URI desk;
  private Optional<Watched> channel = Optional.empty();

  TokenExpiry(Scene scene) {
    this.scene = scene;
    this.desk = scene.tokens("guest", TTL_SECONDS);
  }

  @Override
  public void begin() throws Exception {
    Client client = scene.client(scene.sdk(), "guest", scene.towardsVictim(), desk);
    channel = Optional.of(Watched.by(scene, client, scene.channel("durable")));
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    Patience.demand(
        () -> {
          some();
          return scene.world().tokens().issued(desk) >= TOKENS;
        },
        () -> "it fetches no new token");
    some();
  }

  private void some() {
    try {
      channel.orElseThrow().fromBackend(1);
      channel.orElseThrow().fromWriter(1);
      scene.pause(10, 100);
    } catch (Exception e) {
      throw new IllegalStateException(e);
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
