package io.tidegate.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/**
 * What some tests need of the machine: where it is missing they are skipped, loudly. With {@code
 * CI=true} that is a failure.
 */
public final class Needed {
  private static final boolean REQUIRED = "true".equals(System.getenv("CI"));

  private Needed() {}

  /** The program's path. */
  public static Path program(String name) {
    try {
      return program(name, REQUIRED);
    } catch (TestAbortedException missing) {
      System.err.println("SKIPPED: " + missing.getMessage());
      throw missing;
    }
  }

  /** A file that an earlier step of `make test` brings. */
  public static void file(Path file) {
    if (!Files.exists(file)) {
      missing(file + " is not there: `make test` brings it", REQUIRED);
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
        .orElseGet(
            () ->
                missing(
                    name + " is not installed: `make setup` installs what the fuller tests need",
                    required));
  }

  private static Path missing(String message, boolean required) {
    if (required) {
      return Assertions.fail(message);
    }
    throw new TestAbortedException(message);
  }
}
