package io.tidegate.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report for programs: the same as the Markdown, with every round's value. */
final class Json {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  static String of(Report report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", report.title());
    root.put("revision", report.revision());
    root.put("command", report.command());
    root.set("machine", JSON.valueToTree(report.machine()));
    ArrayNode results = root.putArray("results");
    for (Result result : report.results()) {
      ObjectNode one = results.addObject();
      one.put("scenario", result.scenario());
      one.put("purpose", result.purpose());
      one.put("good", result.good());
      one.set("settings", JSON.valueToTree(result.settings()));
      ArrayNode figures = one.putArray("figures");
      result.figures().forEach(figure -> figure(figures.addObject(), figure));
      one.set("faults", JSON.valueToTree(result.faults()));
      one.set("notes", JSON.valueToTree(result.notes()));
    }
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void figure(ObjectNode node, Figure figure) {
    node.put("group", figure.group());
    node.put("name", figure.name());
    node.put("unit", figure.unit());
    node.put("median", figure.median());
    node.put("min", figure.min());
    node.put("max", figure.max());
    node.set("rounds", JSON.valueToTree(figure.rounds()));
    figure
        .goal()
        .ifPresent(
            goal -> {
              node.put("goal", goal.toString());
              node.put("kept", figure.kept());
            });
  }
}
