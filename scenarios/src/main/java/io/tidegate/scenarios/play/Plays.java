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

  /** A token ends, and for a while there is no other. */
  public static Play tokenLapse(Scene scene) {
    return new TokenLapse(scene);
  }

  /** Connections over which nothing passes any more. */
  public static Play stalledLine(Scene scene) {
    return new StalledLine(scene);
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
