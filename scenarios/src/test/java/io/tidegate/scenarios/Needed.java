package io.tidegate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What some tests need of the machine: where it is missing they are skipped, loudly, and counted.
 * With {@code CI=true} that is a failure.
 */
final class Needed {
  private Needed() {}

  /** This has to be so. */
  static void that(boolean so, String otherwise) {
    if (!so) {
      System.err.println("SKIPPED: " + otherwise);
      assertThat(System.getenv("CI")).as(otherwise).isNotEqualTo("true");
    }
    assumeTrue(so, otherwise);
  }

  /** A program by one of these names. */
  static Path program(String... names) {
    Optional<Path> found = found(names);
    that(found.isPresent(), names[0] + " is not installed: `make setup` installs what it can");
    return found.orElseThrow();
  }

  /** The first program on the PATH that is called so. */
  static Optional<Path> found(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(
            name ->
                Pattern.compile(File.pathSeparator)
                    .splitAsStream(path)
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
