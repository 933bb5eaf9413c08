package io.tidegate.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The rows of one campaign, in a file that has each as soon as it is known. Any thread. */
final class Rows {
  static final TypeReference<List<Row>> LIST = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER = JSON.writerFor(Row.class);
  private static final ObjectReader READER = JSON.readerFor(Row.class);

  private final Path file;
  private final Title title;

  /** Guarded by this. */
  private final List<Row> rows = new ArrayList<>();

  /**
   * What all rows of a campaign have in common.
   *
   * @param revision with {@code +} when files differed from it
   */
  record Title(String revision, long seed, int publishes) {
    /** The report itself is a file that differs when a campaign is gone on with. */
    boolean isOf(String other) {
      return revision.replace("+", "").equals(other.replace("+", ""));
    }
  }

  private Rows(Path file, Title title) {
    this.file = file;
    this.title = title;
  }

  /** Begins a file. */
  static Rows begin(Path file, Title title) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writeValueAsString(title) + "\n");
    return new Rows(file, title);
  }

  /**
   * Goes on with a campaign that was broken off.
   *
   * @throws IllegalArgumentException when there is none of this revision
   */
  static Rows resume(Path file, String revision) throws IOException {
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("no campaign to go on with: " + file);
    }
    Title title = JSON.readValue(lines.getFirst(), Title.class);
    if (!title.isOf(revision)) {
      throw new IllegalArgumentException(
          "the campaign in " + file + " is of " + title.revision() + ", this is " + revision);
    }
    Rows rows = new Rows(file, title);
    for (String line : lines.subList(1, lines.size())) {
      Row row = READER.readValue(line);
      // What could not be carried out is tried again.
      if (!(row instanceof Row.NotRun)) {
        rows.rows.add(row);
      }
    }
    return rows;
  }

  synchronized void add(Row row) throws IOException {
    rows.add(row);
    Files.writeString(file, WRITER.writeValueAsString(row) + "\n", StandardOpenOption.APPEND);
  }

  synchronized boolean has(String key) {
    return rows.stream().anyMatch(row -> row.key().equals(key));
  }

  synchronized List<Row> all() {
    return List.copyOf(rows);
  }

  Title title() {
    return title;
  }
}
