package io.tidegate.scenarios.play;

/** How each scenario is played. */
public final class Plays {
  private Plays() {}

  /** Publishes arrive, their acknowledgements do not. */
  public static Play acknowledgementsLost(Scene scene) {
    return new AcknowledgementsLost(scene);
  }

  /** A client is away while 1,000 messages are published. */
  public static Play offline(Scene scene) {
    return new Offline(scene);
  }

  /** Tokens end while messages flow. */
  public static Play tokenExpiry(Scene scene) {
    return new TokenExpiry(scene);
  }

  /** An application that is too slow. */
  public static Play slowApplication(Scene scene) {
    return new SlowApplication(scene);
  }

  /** From one SDK to the other, encrypted. */
  public static Play encrypted(Scene scene) {
    return new Encrypted(scene);
  }

  /** Reads and publishes while gateways come and go. */
  public static Play traffic(Scene scene) {
    return new Traffic(scene, false);
  }

  /** Reads and publishes while Redis comes and goes. */
  public static Play trafficWithoutRedis(Scene scene) {
    return new Traffic(scene, true);
  }

  /** Members of a node that dies. */
  public static Play presence(Scene scene) {
    return new PresenceOfTheDead(scene);
  }
}
