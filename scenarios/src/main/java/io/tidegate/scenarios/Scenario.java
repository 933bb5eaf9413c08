package io.tidegate.scenarios;

import io.tidegate.scenarios.play.Play;
import io.tidegate.scenarios.play.Scene;
import io.tidegate.scenarios.stage.Strike;
import java.util.function.Function;

/**
 * One of the list.
 *
 * @param strike what happens to the cluster meanwhile; scenarios of one strike share it
 */
public record Scenario(String name, Strike strike, Function<Scene, Play> play) {}
