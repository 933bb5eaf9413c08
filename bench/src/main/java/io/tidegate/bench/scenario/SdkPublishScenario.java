package io.tidegate.bench.scenario;

import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.sdk.Channel;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.Tidegate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many single publishes one client of sdk-java gets acknowledged when it may linger. */
final class SdkPublishScenario implements Scenario {
  private static final int GOAL = 30_000;

  @Override
  public String name() {
    return "sdk-publish";
  }

  @Override
  public String purpose() {
    return "One client of sdk-java publishes single messages to channels of class window, each"
        + " acknowledged on its own; they linger, and leave together";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("channels", "4", "channels, in turn"),
        new Setting("linger", "5", "milliseconds a message may wait for others"),
        new Setting("in-flight", "8000", "messages without an answer, at most"),
        new Setting("size", "128", "bytes of data"),
        new Setting("warmup", "15", "seconds"),
        new Setting("rounds", "5", "rounds"),
        new Setting("round", "5", "seconds of a round"),
        new Setting("settle", "40", "seconds to wait for answers at the end"));
  }

  @Override
  public Result run(Lab lab, Settings settings) throws InterruptedException {
    Duration linger = Duration.ofMillis(settings.number("linger"));
    Figures figures = new Figures();
    Verdict verdict = new Verdict();
    List<Answers> answers = new ArrayList<>();
    try (Tidegate tidegate = new SdkClients(lab).backend().linger(linger).build()) {
      List<Channel> channels = new ArrayList<>();
      for (int i = 0; i < settings.number("channels"); i++) {
        channels.add(tidegate.channel("window:sdk-" + i));
        answers.add(new Answers());
      }
      Semaphore flight = new Semaphore(settings.number("in-flight"));
      Thread publisher =
          Thread.ofPlatform()
              .start(() -> publish(channels, answers, flight, "x".repeat(settings.number("size"))));
      Lab.say("warm-up");
      Thread.sleep(settings.seconds("warmup"));
      for (int round = 0; round < settings.number("rounds"); round++) {
        measure(lab, settings, answers, figures);
      }
      publisher.interrupt();
      publisher.join();
      boolean all =
          flight.tryAcquire(
              settings.number("in-flight"), settings.number("settle"), TimeUnit.SECONDS);
      if (!all) {
        verdict.fault("publishes without an answer: " + flight.availablePermits() + " have one");
      }
    }
    answers.forEach(each -> each.check(verdict));
    long acknowledged = answers.stream().mapToLong(Answers::count).sum();
    List<String> notes = List.of("acknowledged in all: " + acknowledged + " messages");
    return new Result(
        name(), purpose(), settings.shown(), figures.toList(), verdict.faults(), notes);
  }

  private static void publish(
      List<Channel> channels, List<Answers> answers, Semaphore flight, String data) {
    try {
      for (int i = 0; ; i = (i + 1) % channels.size()) {
        flight.acquire();
        Answers to = answers.get(i);
        channels
            .get(i)
            .publishAsync(OutgoingMessage.of(data))
            .whenComplete(
                (published, failure) -> {
                  if (failure == null) {
                    to.acknowledged(published.position().seq());
                  } else {
                    to.failed(failure);
                  }
                  flight.release();
                });
      }
    } catch (InterruptedException end) {
      // That is how it ends.
    }
  }

  private static void measure(Lab lab, Settings settings, List<Answers> answers, Figures figures)
      throws InterruptedException {
    long before = answers.stream().mapToLong(Answers::count).sum();
    Sample sample = lab.watch().sample(settings.seconds("round"));
    long count = answers.stream().mapToLong(Answers::count).sum() - before;
    double rate = count / sample.seconds();
    figures.add("window", "acknowledged", "messages/s", rate, Goal.atLeast(GOAL));
    figures.add("window", "cpu", "s per million messages", sample.serverCpuPerMillion(count));
    figures.add("window", "client", "cores", sample.ownCpu() / sample.seconds());
    figures.add("window", "others on the machine", "cores", sample.otherCpu() / sample.seconds());
    Lab.say(Math.round(rate) + " messages/s");
  }

  /** What one channel's publishes were answered: each number once, from 1 on. Any thread. */
  private static final class Answers {
    private long count;
    private long sum;
    private long highest;
    private long failures;
    private String failure = "";

    synchronized void acknowledged(long seq) {
      count++;
      sum += seq;
      highest = Math.max(highest, seq);
    }

    synchronized void failed(Throwable why) {
      failures++;
      failure = why.toString();
    }

    synchronized long count() {
      return count;
    }

    synchronized void check(Verdict verdict) {
      if (failures > 0) {
        verdict.fault(failures + " publishes failed, the last one: " + failure);
      }
      // So many different numbers up to the highest have this sum, and no others.
      if (failures == 0 && (highest != count || sum != count * (count + 1) / 2)) {
        verdict.fault(count + " acknowledgements up to number " + highest + " of the channel");
      }
    }
  }
}
