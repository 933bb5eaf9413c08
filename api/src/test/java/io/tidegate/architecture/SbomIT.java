package io.tidegate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bill of materials that is written beside the jar (CycloneDX). */
final class SbomIT {
  private final JsonNode bom = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyLibraryIsNamedPinnedAndLicensed() {
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bom.path("components")).hasSizeGreaterThan(50);
    for (JsonNode library : bom.path("components")) {
      String name = library.path("purl").asText();
      assertThat(name).startsWith("pkg:maven/").contains("@");
      assertThat(library.path("hashes")).as("checksums of %s", name).isNotEmpty();
      assertThat(library.path("licenses")).as("licences of %s", name).isNotEmpty();
    }
  }

  @Test
  void whatRunsIsInIt() {
    assertThat(bom.findValuesAsText("name"))
        .contains("netty-transport", "postgresql", "micronaut-http-server-netty")
        .doesNotContain("junit-jupiter", "assertj-core");
  }
}
