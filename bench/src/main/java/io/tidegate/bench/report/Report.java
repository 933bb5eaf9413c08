package io.tidegate.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The results of one set of scenarios.
 *
 * @param title of the set
 * @param machine it ran on
 * @param revision of the sources
 * @param command that makes it again
 * @param results scenario by scenario
 */
public record Report(
    String title, Machine machine, String revision, String command, List<Result> results) {
  /** Writes {@code name.md} and {@code name.json}. */
  public void write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), Markdown.of(this));
    Files.writeString(folder.resolve(name + ".json"), Json.of(this));
  }
}
