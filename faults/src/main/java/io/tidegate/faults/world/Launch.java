package io.tidegate.faults.world;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the gateways are started with.
 *
 * @param command java and its arguments
 * @param environment beside what a cluster needs
 */
public record Launch(List<String> command, Map<String, String> environment) {
  private static final String BUG = "FAULTS_BUG";

  /** The gateway as it is. */
  public static Launch plain(Path jar, List<String> flags) {
    List<String> command = java(flags);
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    return new Launch(command, Map.of());
  }

  /** With a bug planted, by classes that are found before the gateway's own. */
  public static Launch with(String bug, Path jar, Path bugs, List<String> flags) {
    List<String> command = java(flags);
    command.add("-cp");
    command.add(bugs.toAbsolutePath() + ":" + jar.toAbsolutePath());
    command.add("io.tidegate.Application");
    return new Launch(command, Map.of(BUG, bug));
  }

  private static List<String> java(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    return command;
  }
}
