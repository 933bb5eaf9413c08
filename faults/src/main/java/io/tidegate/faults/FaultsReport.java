package io.tidegate.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the runs came to, as Markdown and JSON. */
public final class FaultsReport {
  private static final String HEAD =
      """
      # Faults

      Made by `%s` at revision `%s`: three nodes, one Redis, one PostgreSQL, three tenants, of which
      one may publish 30 messages a second and asks for twice as many; what is checked is in
      [checker.md](../decisions/checker.md).

      - machine: %s; two clusters are under way at a time
      - published: messages over REST and WebSocket, counted once, however many receive them; a refused one was given up
      - calm: from the end of the fault until every publisher is acknowledged and every subscriber has come to where its
        channels were
      - of rate: what the limited tenant was let in while nothing was broken, of what one bucket would have let in
      - took: all of the run

      """;

  private static final String RUNS =
      """
      | fault | seed | published | acknowledged | refused | unknown | deliveries | discontinuities | calm after | of rate | took | violations |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String BUGS =
      """

      ## Planted bugs

      Gateways with a bug, each looked for in at most three runs (`make faults TEETH=1`).

      | bug | fault | found in | took | as |
      |---|---|---|---|---|
      """;

  private FaultsReport() {}

  /** As a row of its table. */
  public static String line(Row row) {
    return switch (row) {
      case Row.OfFault of ->
          String.format(
              Locale.ROOT,
              "| %s | %d | %,d | %,d | %,d | %,d | %,d | %,d | %s | %s | %s | %s |",
              of.fault(),
              of.seed(),
              of.published(),
              of.acknowledged(),
              of.refused(),
              of.unknown(),
              of.deliveries(),
              of.discontinuities(),
              of.calmMillis() < 0 ? "never" : seconds(of.calmMillis()),
              rate(of.ofRate()),
              seconds(of.tookMillis()),
              of.isGood() ? "0" : "**" + of.violations() + "**");
      case Row.OfBug of ->
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s |",
              of.bug(),
              of.fault(),
              of.found() ? "run " + of.runs() : "**not found**",
              seconds(of.tookMillis()),
              of.violations());
      case Row.NotRun of ->
          String.format(
              Locale.ROOT,
              "- %s, %s: %s",
              of.of(),
              of.left() ? "left out" : "**broken off**",
              of.why());
    };
  }

  private static String rate(@Nullable Double of) {
    return of == null ? "-" : String.format(Locale.ROOT, "%.1f %%", of * 100);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /**
   * Writes {@code faults.md} and {@code faults.json}.
   *
   * @param said what was added to the command beside the seed
   */
  static void write(Rows rows, String said, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("faults.md"), markdown(rows, said));
    Files.writeString(folder.resolve("faults.json"), json(rows, said));
  }

  private static String markdown(Rows campaign, String said) throws InterruptedException {
    Rows.Title title = campaign.title();
    // Lanes end when they end.
    List<Row> rows = campaign.all().stream().sorted(Comparator.comparingLong(Row::order)).toList();
    String command = ("make faults SEED=" + title.seed() + " " + said).strip();
    String machine = Machine.here().line();
    StringBuilder out = new StringBuilder(String.format(HEAD, command, title.revision(), machine));
    out.append(RUNS);
    Map<String, String> what = new TreeMap<>();
    for (Row row : rows) {
      if (row instanceof Row.OfFault of) {
        out.append(line(of)).append('\n');
        what.put(of.fault(), of.what());
      }
    }
    out.append("\n| fault | |\n|---|---|\n");
    what.forEach((fault, sentence) -> out.append("| " + fault + " | " + sentence + " |\n"));
    section(out, rows, Row.NotRun.class, "\n## Not run\n\n");
    section(out, rows, Row.OfBug.class, BUGS);
    return out.toString();
  }

  private static void section(
      StringBuilder out, List<Row> rows, Class<? extends Row> kind, String head) {
    if (rows.stream().anyMatch(kind::isInstance)) {
      out.append(head);
      rows.stream().filter(kind::isInstance).forEach(row -> out.append(line(row)).append('\n'));
    }
  }

  private static String json(Rows campaign, String said) throws IOException, InterruptedException {
    Rows.Title title = campaign.title();
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = json.createObjectNode();
    root.put("revision", title.revision()).put("seed", title.seed()).put("with", said);
    root.put("machine", Machine.here().line());
    String rows = json.writerFor(Rows.LIST).writeValueAsString(campaign.all());
    root.set("rows", json.readTree(rows));
    return json.writeValueAsString(root) + "\n";
  }
}
