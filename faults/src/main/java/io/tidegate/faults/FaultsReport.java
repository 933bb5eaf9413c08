package io.tidegate.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.bench.Revision;
import io.tidegate.bench.report.Machine;
import io.tidegate.faults.check.Checker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the runs came to, as Markdown and JSON. */
public final class FaultsReport {
  private FaultsReport() {}

  /** One run, as a row of the table. */
  public static String line(Run.Outcome outcome) {
    Checker.Verdict verdict = outcome.verdict();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %,d | %,d | %,d | %,d | %s | %s |",
        outcome.fault().name(),
        outcome.seed(),
        verdict.published(),
        verdict.acknowledged(),
        verdict.refused(),
        verdict.unknown(),
        verdict.deliveries(),
        verdict.jumps(),
        calm(outcome),
        verdict.violations().isEmpty() ? "0" : "**" + verdict.violations().counts() + "**");
  }

  /** What became of a planted bug, as a row of the table. */
  public static String line(Teeth.Bite bite) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s |",
        Teeth.name(bite.bug()),
        bite.last().fault().name(),
        bite.found() ? "run " + bite.runs() : "**not found**",
        bite.last().verdict().violations().counts());
  }

  private static String calm(Run.Outcome outcome) {
    long millis = outcome.calmMillis();
    return millis < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** Writes {@code faults.md} and {@code faults.json}. */
  public static void write(
      List<Run.Outcome> outcomes, List<Teeth.Bite> bites, long seed, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("faults.md"), markdown(outcomes, bites, seed));
    Files.writeString(folder.resolve("faults.json"), json(outcomes, bites, seed));
  }

  private static String markdown(List<Run.Outcome> outcomes, List<Teeth.Bite> bites, long seed)
      throws InterruptedException {
    StringBuilder out = new StringBuilder("# Faults\n\n");
    out.append("Made by `make faults SEED=").append(seed).append("` at revision `");
    out.append(Revision.here()).append("`: three nodes, one Redis, one PostgreSQL, two tenants;");
    out.append(" what is checked is in [checker.md](../decisions/checker.md).\n\n");
    out.append("- machine: ").append(Machine.here().line()).append('\n');
    out.append("- a message counts once, however many receive it; a refused one was given up\n");
    out.append("- calm: from the end of the fault until every publisher is acknowledged and every");
    out.append(" subscriber has come to where its channels were\n\n");
    out.append("| fault | seed | published | acknowledged | refused | unknown | deliveries |");
    out.append(
        " discontinuities | calm after | violations |\n|---|---|---|---|---|---|---|---|---|---|\n");
    outcomes.forEach(outcome -> out.append(line(outcome)).append('\n'));
    out.append("\n| fault | |\n|---|---|\n");
    outcomes.stream()
        .map(Run.Outcome::fault)
        .distinct()
        .forEach(
            fault ->
                out.append("| ")
                    .append(fault.name())
                    .append(" | ")
                    .append(fault.what())
                    .append(" |\n"));
    if (!bites.isEmpty()) {
      out.append("\n## Planted bugs\n\nGateways with a bug, each looked for in at most three runs");
      out.append(
          " (`make faults TEETH=1`).\n\n| bug | fault | found in | as |\n|---|---|---|---|\n");
      bites.forEach(bite -> out.append(line(bite)).append('\n'));
    }
    return out.toString();
  }

  private static String json(List<Run.Outcome> outcomes, List<Teeth.Bite> bites, long seed)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = json.createObjectNode();
    root.put("revision", Revision.here()).put("seed", seed).put("machine", Machine.here().line());
    ArrayNode runs = root.putArray("runs");
    for (Run.Outcome outcome : outcomes) {
      Checker.Verdict verdict = outcome.verdict();
      ObjectNode run = runs.addObject();
      run.put("fault", outcome.fault().name()).put("seed", outcome.seed());
      run.put("published", verdict.published()).put("acknowledged", verdict.acknowledged());
      run.put("refused", verdict.refused()).put("unknown", verdict.unknown());
      run.put("deliveries", verdict.deliveries()).put("discontinuities", verdict.jumps());
      run.put("calmMillis", outcome.calmMillis());
      ObjectNode violations = run.putObject("violations");
      verdict.violations().counts().forEach((kind, count) -> violations.put(kind.name(), count));
      ArrayNode first = run.putArray("firstViolations");
      verdict.violations().kept().forEach(one -> first.add(one.kind() + ": " + one.what()));
    }
    ArrayNode teeth = root.putArray("planted");
    for (Teeth.Bite bite : bites) {
      ObjectNode one = teeth.addObject();
      one.put("bug", Teeth.name(bite.bug())).put("fault", bite.last().fault().name());
      one.put("found", bite.found()).put("runs", bite.runs());
      ObjectNode as = one.putObject("violations");
      bite.last().verdict().violations().counts().forEach((kind, n) -> as.put(kind.name(), n));
    }
    return json.writeValueAsString(root) + "\n";
  }
}
