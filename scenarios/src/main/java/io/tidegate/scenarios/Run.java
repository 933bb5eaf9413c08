package io.tidegate.scenarios;

import io.tidegate.scenarios.play.Play;
import io.tidegate.scenarios.play.Scene;
import io.tidegate.scenarios.stage.Sdk;
import io.tidegate.scenarios.stage.Strike;
import io.tidegate.scenarios.stage.Tenant;
import io.tidegate.scenarios.stage.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** All scenarios once, with all SDKs: strike after strike, what shares one at the same time. */
final class Run {
  private final World world;
  private final Tenant tenant;
  private final long seed;

  Run(World world, Tenant tenant, long seed) {
    this.world = world;
    this.tenant = tenant;
    this.seed = seed;
  }

  /** Of these scenarios; says what came of them as soon as it is known. */
  List<Row> of(List<Scenario> chosen) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Row>> beside = threads.submit(() -> strike(Strike.BESIDE, chosen));
      rows.addAll(strike(Strike.NONE, chosen));
      rows.addAll(strike(Strike.NODE_KILL, chosen));
      // Windows are to be as they were: nothing else may go on while Redis is struck.
      rows.addAll(beside.get());
    }
    rows.addAll(strike(Strike.REDIS_RESTART, chosen));
    rows.addAll(strike(Strike.REDIS_EMPTY, chosen));
    rows.addAll(strike(Strike.ROLLING_RESTART, chosen));
    for (Sdk sdk : world.sdks()) {
      Row caught = new Row("nothing-uncaught", sdk.word(), 0, 1, world.driver(sdk).uncaught());
      System.out.println(caught);
      rows.add(caught);
    }
    return rows;
  }

  private List<Row> strike(Strike strike, List<Scenario> chosen) throws Exception {
    List<Scenario> shared = chosen.stream().filter(s -> s.strike() == strike).toList();
    if (shared.isEmpty()) {
      return List.of();
    }
    List<Row> played = play(strike, shared);
    played.forEach(System.out::println);
    return played;
  }

  private List<Row> play(Strike strike, List<Scenario> scenarios) throws Exception {
    Random random = new Random(seed * 31 + strike.name().hashCode());
    int victim = random.nextInt(world.cluster().nodes().size());
    List<Played> all = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Sdk sdk : world.sdks()) {
        Scene scene = new Scene(world, tenant, sdk, scenario.name(), victim, seed);
        all.add(new Played(scenario, sdk, scene, scenario.play().apply(scene)));
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      together(threads, all, played -> played.step(played.play::begin));
      AtomicBoolean over = new AtomicBoolean();
      Future<?> struck =
          threads.submit(
              () -> {
                try {
                  strike.after(world.cluster(), victim, random);
                } finally {
                  over.set(true);
                }
                return null;
              });
      together(threads, all, played -> played.step(() -> played.play.during(over::get)));
      struck.get();
      together(threads, all, Played::judge);
      together(threads, all, Played::close);
    }
    return all.stream().map(Played::row).toList();
  }

  @FunctionalInterface
  private interface Step {
    void take() throws Exception;
  }

  private static void together(
      ExecutorService threads, List<Played> all, java.util.function.Consumer<Played> step)
      throws Exception {
    List<Callable<Object>> steps = new ArrayList<>();
    all.forEach(played -> steps.add(Executors.callable(() -> step.accept(played))));
    for (Future<Object> done : threads.invokeAll(steps)) {
      done.get();
    }
  }

  /** A scenario under way; one that fails is not played on. One thread at a time. */
  private static final class Played {
    private final Scenario scenario;
    private final Sdk sdk;
    private final Scene scene;
    private final Play play;
    private final long begun = System.nanoTime();
    private final List<String> found = new ArrayList<>();
    private long ended = begun;
    private int weight;

    Played(Scenario scenario, Sdk sdk, Scene scene, Play play) {
      this.scenario = scenario;
      this.sdk = sdk;
      this.scene = scene;
      this.play = play;
    }

    void step(Step step) {
      if (!found.isEmpty()) {
        return;
      }
      try {
        step.take();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        found.add("not carried out: " + e);
        e.printStackTrace();
      }
    }

    void judge() {
      step(
          () -> {
            List<String> broken = play.end();
            weight = play.weight();
            found.addAll(broken);
          });
      ended = System.nanoTime();
    }

    void close() {
      try {
        scene.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    Row row() {
      return new Row(scenario.name(), sdk.word(), (ended - begun) / 1e9, weight, found);
    }
  }
}
