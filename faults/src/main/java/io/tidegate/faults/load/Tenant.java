package io.tidegate.faults.load;

import io.tidegate.bench.gateway.App;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the run's customers. Both have channels of the same names.
 *
 * @param letter which begins all that it publishes
 */
public record Tenant(String letter, App app) {
  private static final int BUSY = 2;
  private static final int RARE = 6;

  /** Where the limited tenant publishes; Redis, which lends its rate, does not keep it. */
  static final String METERED = "durable:metered";

  /** Where members meet. */
  static final String ROOM = "window:room";

  /** Channels that are published to all the time. */
  static List<String> busy() {
    List<String> names = new ArrayList<>(List.of("none:0"));
    for (int i = 0; i < BUSY; i++) {
      names.add("durable:" + i);
      names.add("window:" + i);
    }
    return names;
  }

  /** Channels that get few messages, so that a lost one is the last for long. */
  static List<String> rare() {
    return IntStream.range(0, RARE)
        .boxed()
        .flatMap(i -> Stream.of("durable:rare-" + i, "window:rare-" + i))
        .toList();
  }

  /** All of them. */
  public static List<String> channels() {
    return Stream.concat(busy().stream(), rare().stream()).toList();
  }

  /** none, window or durable. */
  public static String classOf(String channel) {
    return channel.substring(0, channel.indexOf(':'));
  }
}
