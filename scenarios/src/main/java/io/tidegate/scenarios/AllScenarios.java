package io.tidegate.scenarios;

import io.tidegate.scenarios.play.Plays;
import io.tidegate.scenarios.stage.Strike;
import java.util.List;

/** The list that every SDK passes. */
public final class AllScenarios {
  /** In the order of their strikes. */
  static final List<Scenario> LIST =
      List.of(
          new Scenario("stalled-line", Strike.BESIDE, Plays::stalledLine),
          new Scenario("token-lapse", Strike.BESIDE, Plays::tokenLapse),
          new Scenario("acknowledgements-lost", Strike.NONE, Plays::acknowledgementsLost),
          new Scenario("offline-1000", Strike.NONE, Plays::offline),
          new Scenario("token-expiry", Strike.NONE, Plays::tokenExpiry),
          new Scenario("slow-application", Strike.NONE, Plays::slowApplication),
          new Scenario("encrypted", Strike.NONE, Plays::encrypted),
          new Scenario("node-kill", Strike.NODE_KILL, Plays::traffic),
          new Scenario("presence-node-kill", Strike.NODE_KILL, Plays::presence),
          new Scenario("redis-restart", Strike.REDIS_RESTART, Plays::trafficWithoutRedis),
          new Scenario("redis-empty", Strike.REDIS_EMPTY, Plays::trafficWithoutRedis),
          new Scenario("rolling-restart", Strike.ROLLING_RESTART, Plays::traffic));

  private AllScenarios() {}

  /** Those that share a strike. */
  static List<Scenario> of(Strike strike) {
    return LIST.stream().filter(scenario -> scenario.strike() == strike).toList();
  }
}
