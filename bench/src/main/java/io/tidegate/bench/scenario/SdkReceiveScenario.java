package io.tidegate.bench.scenario;

import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.sdk.Tidegate;
import java.util.ArrayList;
import java.util.List;

/** How much the clients of sdk-java in one process receive together. */
final class SdkReceiveScenario implements Scenario {
  private static final double BEHIND_MS = 1_000;

  @Override
  public String name() {
    return "sdk-receive";
  }

  @Override
  public String purpose() {
    return "Clients of sdk-java in one process, each with a connection, receive all of one channel";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("clients", "20", "clients"),
        new Setting("rate", "5050", "messages published per second"),
        new Setting("array", "50", "messages in a publish"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "15", "seconds"),
        new Setting("rounds", "5", "rounds"),
        new Setting("round", "5", "seconds of a round"),
        new Setting("settle", "40", "seconds to wait for what is still on its way"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    String channel = "window:sdk";
    SdkClients clients = new SdkClients(lab);
    Figures figures = new Figures();
    Verdict verdict = new Verdict();
    List<Tidegate> open = new ArrayList<>();
    List<SdkReader> readers = new ArrayList<>();
    try (Tidegate backend = clients.backend().build()) {
      for (int i = 0; i < settings.number("clients"); i++) {
        Tidegate client = clients.client().build();
        open.add(client);
        readers.add(SdkReader.of(client, channel));
      }
      SdkPacer pacer =
          new SdkPacer(
              backend.channel(channel),
              settings.number("rate"),
              settings.number("array"),
              settings.number("size"));
      Lab.say("warm-up");
      Thread.sleep(settings.seconds("warmup"));
      readers.forEach(SdkReader::takeSlowestMs);
      for (int round = 0; round < settings.number("rounds"); round++) {
        measure(lab, settings, pacer, readers, figures);
      }
      long published = pacer.stop();
      if (!lab.await(
          settings.seconds("settle"), () -> readers.stream().allMatch(r -> r.has(published)))) {
        verdict.fault("not everything came: " + readers);
      }
      pacer.faults().forEach(verdict::fault);
      readers.forEach(reader -> reader.faults().forEach(verdict::fault));
    } finally {
      open.forEach(Tidegate::close);
    }
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), List.of());
  }

  private static void measure(
      Lab lab, Settings settings, SdkPacer pacer, List<SdkReader> readers, Figures figures)
      throws InterruptedException {
    long before = received(readers);
    long sent = pacer.acknowledged();
    Sample sample = lab.watch().sample(settings.seconds("round"));
    long count = received(readers) - before;
    double rate = count / sample.seconds();
    int goal = 5_000 * settings.number("clients");
    double published = (pacer.acknowledged() - sent) / sample.seconds();
    double behind = readers.stream().mapToDouble(SdkReader::takeSlowestMs).max().orElse(0);
    figures.add("all clients", "received", "messages/s", rate, Goal.atLeast(goal));
    figures.add("all clients", "published", "messages/s", published);
    figures.add(
        "all clients", "slowest message of any client", "ms", behind, Goal.atMost(BEHIND_MS));
    figures.add("all clients", "cpu", "s per million messages", sample.serverCpuPerMillion(count));
    figures.add("all clients", "clients", "cores", sample.ownCpu() / sample.seconds());
    figures.add(
        "all clients", "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(Math.round(rate) + " messages/s, the slowest took " + Math.round(behind) + " ms");
  }

  private static long received(List<SdkReader> readers) {
    return readers.stream().mapToLong(SdkReader::received).sum();
  }
}
