package io.tidegate.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/** Programs of the machine that some tests need: where one is missing they are skipped, loudly. */
public final class Needed {
  private Needed() {}

  /** The program's path. With {@code CI=true} a missing one is a failure. */
  public static Path program(String name) {
    try {
      return program(name, "true".equals(System.getenv("CI")));
    } catch (TestAbortedException missing) {
      System.err.println("SKIPPED: " + missing.getMessage());
      throw missing;
    }
  }

  /**
   * @param required whether a missing one is a failure
   */
  static Path program(String name, boolean required) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)),
            Stream.of("/usr/sbin")) // servers are there, and not on everybody's PATH
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(name, required));
  }

  private static Path missing(String name, boolean required) {
    String message = name + " is not installed: `make setup` installs what the fuller tests need";
    if (required) {
      return Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }
}
