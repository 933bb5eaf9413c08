package io.tidegate.bench;

import io.tidegate.bench.report.Machine;
import io.tidegate.bench.report.Markdown;
import io.tidegate.bench.report.Report;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.scenario.Scenario;
import io.tidegate.bench.scenario.Scenarios;
import io.tidegate.bench.scenario.Setting;
import io.tidegate.bench.scenario.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line. Ends with 0 when nothing broke, 1 when a promise or goal did, 2 on misuse. */
public final class Bench {
  private static final List<Setting> OF_REPORT =
      List.of(
          new Setting("set", "issue-2", "which scenarios; names the files too"),
          new Setting("out", "docs/bench", "folder of the report"),
          new Setting("only", "", "scenarios of the set, by comma; empty is all"));

  private Bench() {}

  /** Runs what the arguments say. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(List.of(arguments));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("bench: " + e.getMessage());
      code = 2;
    } catch (Exception e) {
      e.printStackTrace();
      code = 2;
    }
    System.exit(code);
  }

  private static int run(List<String> arguments) throws Exception {
    if (arguments.isEmpty() || arguments.getFirst().equals("help")) {
      help();
      return 0;
    }
    Map<String, String> options = CommandLine.options(arguments.subList(1, arguments.size()));
    if (arguments.getFirst().equals("report")) {
      return report(options, "Bench " + String.join(" ", arguments));
    }
    try (Gateways gateways = new Gateways()) {
      Result result = runOne(Scenarios.named(arguments.getFirst()), options, gateways);
      System.out.println(Markdown.of(result));
      return result.good() ? 0 : 1;
    }
  }

  private static Result runOne(Scenario scenario, Map<String, String> options, Gateways gateways)
      throws Exception {
    Settings settings = new Settings(scenario.settings(), Runner.SETTINGS, options);
    return new Runner(scenario, settings, gateways).run();
  }

  private static int report(Map<String, String> given, String command) throws Exception {
    Map<String, String> own = CommandLine.take(given, OF_REPORT);
    Settings settings = new Settings(OF_REPORT, List.of(), own);
    Scenarios.ScenarioSet set = Scenarios.set(settings.text("set"));
    List<String> only = List.of(settings.text("only").split(",", -1));
    List<Result> results = new ArrayList<>();
    try (Gateways gateways = new Gateways()) {
      for (Scenarios.Part part : set.parts()) {
        if (settings.text("only").isEmpty() || only.contains(part.scenario())) {
          Scenario scenario = Scenarios.named(part.scenario());
          Map<String, String> options = new LinkedHashMap<>(part.options());
          options.putAll(CommandLine.known(given, scenario.settings(), Runner.SETTINGS));
          Result result = runOne(scenario, options, gateways);
          System.out.println(Markdown.of(result));
          results.add(result);
        }
      }
    }
    new Report(set.title(), Machine.here(), Revision.here(), command, results)
        .write(Path.of(settings.text("out")), settings.text("set"));
    return results.stream().allMatch(Result::good) ? 0 : 1;
  }

  private static void help() {
    System.out.println("Bench <scenario> [--option value]...");
    for (Scenario scenario : Scenarios.all()) {
      System.out.println("\n" + scenario.name() + ": " + scenario.purpose());
      print(scenario.settings());
    }
    System.out.println("\nreport: a set of scenarios, written as Markdown and JSON");
    print(OF_REPORT);
    System.out.println("\nall of them");
    print(Runner.SETTINGS);
  }

  private static void print(List<Setting> settings) {
    for (Setting setting : settings) {
      System.out.printf(
          "  --%-20s %s (%s)%n",
          setting.name(), setting.help(), setting.value().isEmpty() ? "none" : setting.value());
    }
  }
}
