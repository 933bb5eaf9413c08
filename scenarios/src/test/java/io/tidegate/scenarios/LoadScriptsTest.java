package io.tidegate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of docs/load-testing.md can be read; they are not run. */
class LoadScriptsTest {
  private static final Path SCRIPTS = Path.of("..", "examples", "load-testing");

  private final Path folder;

  LoadScriptsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void k6ScriptIsAModule() throws Exception {
    Path module = Files.copy(SCRIPTS.resolve("k6.js"), folder.resolve("k6.mjs"));
    assertThat(check(module)).isEmpty();
  }

  @Test
  void artilleryPlanAndItsProcessorFitTogether() throws Exception {
    JsonNode plan = new YAMLMapper().readTree(SCRIPTS.resolve("artillery.yml").toFile());
    Path processor = SCRIPTS.resolve(plan.at("/config/processor").asText());
    assertThat(check(processor)).isEmpty();
    assertThat(Files.readString(processor))
        .contains(plan.at("/scenarios/0/beforeScenario").asText());
  }

  /** What Node says against it. */
  private static String check(Path script) throws Exception {
    Process node =
        new ProcessBuilder("node", "--check", script.toString()).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return node.waitFor() == 0 ? "" : said;
  }
}
