package io.tidegate.sdk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What applications can see is what {@code api.txt} lists, so that a change of it shows in review.
 * To accept one: {@code mvn -pl sdk-java test -Dtest=PublicApiTest -Dapi.accept=true}.
 */
class PublicApiTest {
  private static final Path LIST = Path.of("api.txt");

  /** The list of the last release: what applications were compiled against. */
  private static final Path BASELINE = Path.of("api-baseline.txt");

  private static final Path CLASSES = Path.of("target/classes");

  private static final List<String> PACKAGES =
      List.of("io.tidegate.sdk", "io.tidegate.sdk.control");

  /** Their documentation says so. */
  private static final Set<String> IMPLEMENTED_BY_THE_SDK_ALONE =
      Set.of(
          "io.tidegate.sdk.Channel",
          "io.tidegate.sdk.Connection",
          "io.tidegate.sdk.Connections",
          "io.tidegate.sdk.Message",
          "io.tidegate.sdk.Presence",
          "io.tidegate.sdk.Subscription",
          "io.tidegate.sdk.Tidegate",
          "io.tidegate.sdk.Tokens");

  @Test
  void thePublicApiIsTheListedOne() throws IOException {
    List<String> lines = ApiListing.of(CLASSES, PublicApiTest.class.getClassLoader(), PACKAGES);
    String actual = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("api.accept")) {
      Files.writeString(LIST, actual);
    }
    assertThat(Files.readString(LIST)).isEqualTo(actual);
  }

  @Test
  void nothingThatWasReleasedIsBroken() throws IOException {
    assertThat(
            new ApiBreaks(IMPLEMENTED_BY_THE_SDK_ALONE)
                .between(Files.readAllLines(BASELINE), Files.readAllLines(LIST)))
        .isEmpty();
  }

  @Test
  void onlyPublicPackagesAreExportedAndNothingElseIsNeeded() throws IOException {
    ModuleDescriptor module;
    try (var in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactlyInAnyOrderElementsOf(PACKAGES);
    assertThat(
            module.requires().stream()
                .filter(
                    needed ->
                        !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder("java.base", "java.net.http");
  }
}
