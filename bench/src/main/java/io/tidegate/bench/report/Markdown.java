package io.tidegate.bench.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** A report and its tables as Markdown, which a terminal can read too. */
public final class Markdown {
  private Markdown() {}

  static String of(Report report) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(report.title()).append("\n\n");
    out.append("Made by `").append(report.command()).append("` at revision `");
    out.append(report.revision()).append("`.\n\n");
    out.append("- machine: ").append(report.machine().line()).append('\n');
    out.append("- loopback, no TLS; median (least - greatest) of the rounds after a warm-up;");
    out.append(" compare ratios, not figures of two machines\n");
    out.append("- cpu: user + system seconds of the gateway's process, from the kernel\n");
    for (Result result : report.results()) {
      out.append('\n').append(of(result));
    }
    return out.toString();
  }

  /** One scenario. */
  public static String of(Result result) {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(result.scenario()).append("\n\n");
    out.append(result.purpose()).append(".\n\n");
    out.append(
        result.settings().entrySet().stream()
            .map(e -> "`--" + e.getKey() + " " + e.getValue() + "`")
            .collect(Collectors.joining(" ")));
    out.append("\n\n| | figure | median | least - greatest | unit | goal |\n");
    out.append("|---|---|---|---|---|---|\n");
    for (Figure figure : result.figures()) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s - %s | %s | %s |%n",
              figure.group(),
              figure.name(),
              Figure.show(figure.median()),
              Figure.show(figure.min()),
              Figure.show(figure.max()),
              figure.unit(),
              figure.goal().map(g -> g + (figure.kept() ? " kept" : " **missed**")).orElse("")));
    }
    out.append('\n');
    result.notes().forEach(note -> out.append("- ").append(note).append('\n'));
    if (result.faults().isEmpty()) {
      out.append("- checked: nothing lost, repeated or out of order\n");
    } else {
      result.faults().forEach(fault -> out.append("- **fault**: ").append(fault).append('\n'));
    }
    return out.toString();
  }
}
