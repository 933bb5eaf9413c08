package io.tidegate.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that some tests need: where one is missing they are skipped, loudly. */
public final class Needed {
  private Needed() {}

  /** The program's path. With {@code CI=true} a missing one is a failure. */
  public static Path program(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)),
            Stream.of("/usr/sbin")) // servers are there, and not on everybody's PATH
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(name));
  }

  private static Path missing(String name) {
    String message = name + " is not installed: `make setup` installs what the fuller tests need";
    if ("true".equals(System.getenv("CI"))) {
      return Assertions.fail(message);
    }
    System.err.println("SKIPPED: " + message);
    return Assumptions.abort(message);
  }
}
