package io.tidegate.e2e;

import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the npm package {@code vega-datasets}, by the channel each goes to, in file order.
 */
final class RealInput {
  private static final Path FOLDER = Path.of("src", "test", "data");
  private static final Path FILES = FOLDER.resolve("node_modules/vega-datasets/data");

  private RealInput() {}

  /**
   * One row of a file.
   *
   * @param data as JSON text
   */
  record Row(String id, String data) {
    String message() {
      return "{\"id\":" + quote(id) + ",\"data\":" + data + "}";
    }
  }

  /** {@code stocks.csv}: a price a month, one channel per symbol. */
  static Map<String, List<Row>> stocks() {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    List<String> lines = text("stocks.csv").lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      String data =
          "{\"symbol\":%s,\"date\":%s,\"price\":%s}"
              .formatted(quote(cells[0]), quote(cells[1]), cells[2]);
      add(rows, "stocks:" + cells[0], new Row("row-" + i, data));
    }
    return rows;
  }

  /** {@code earthquakes.json}: one channel per region, the last part of a quake's place. */
  static Map<String, List<Row>> quakes() {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (JsonNode feature : Json.read(text("earthquakes.json")).path("features")) {
      String place = feature.path("properties").path("place").asText();
      String region = place.substring(place.lastIndexOf(", ") + 1).strip();
      Row row = new Row(feature.path("id").asText(), feature.toString());
      add(rows, "quakes:" + (region.isEmpty() ? "elsewhere" : region), row);
    }
    return rows;
  }

  private static void add(Map<String, List<Row>> rows, String channel, Row row) {
    rows.computeIfAbsent(channel, name -> new ArrayList<>()).add(row);
  }

  private static String text(String file) {
    Path path = FILES.resolve(file);
    try {
      if (!Files.exists(path)) {
        install();
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install() throws IOException {
    Path npm = Needed.program("npm");
    try {
      // Not our own pipes: Node makes them non-blocking, and the one to the build breaks.
      Process process =
          new ProcessBuilder(npm.toString(), "ci")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("npm ci failed in " + FOLDER + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
