package io.tidegate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.Application;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import org.junit.jupiter.api.Test;

/**
 * The house: a package imports only from floors below it, and technology stays where it is named.
 */
final class FloorsTest {
  private static final String ROOT = "io.tidegate";

  /** From the ground up. Packages of one floor do not know each other. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("problem", "figures", "trace"),
          Set.of("channel"),
          Set.of("json", "settings", "postgres", "breaker", "redis"),
          Set.of(
              "tenant",
              "broker",
              "log",
              "usage",
              "frame",
              "logging",
              "peer",
              "tls",
              "otlp",
              "roster",
              "allowance",
              "webhook.dns"),
          Set.of("tenant.store", "store", "refusal", "webhook.send", "pulse", "account"),
          Set.of("metalog", "account.store"),
          Set.of("auth", "hub", "limit"),
          Set.of("rest", "guard", "tail", "webhook", "signin"),
          Set.of("webhook.standing"),
          Set.of("hook"),
          Set.of(
              "publish", "history", "presence", "token", "explain", "webhook.store", "hook.store"),
          Set.of("session", "webhook.deliver", "webhook.source"),
          Set.of("edge"),
          Set.of(
              "websocket", "sse", "poll", "connection", "control", "demo", "contract", "console"),
          Set.of("management", "events"),
          Set.of("node", "cluster"),
          Set.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Application.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void everyPackageStandsOnOneFloor() {
    Set<String> known = new TreeSet<>();
    FLOORS.forEach(known::addAll);
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(one -> found.add(nameOf(one)));
    found.remove("");
    assertThat(found).isEqualTo(known);
  }

  @Test
  void importsRunDownwards() {
    List<String> upwards = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(to -> to.getPackageName().startsWith(ROOT))
          .filter(to -> !nameOf(to).equals(nameOf(from)))
          .filter(to -> floorOf(to) >= floorOf(from))
          .forEach(to -> upwards.add(from.getName() + " -> " + to.getName()));
    }
    assertThat(new TreeSet<>(upwards)).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void deliveryIsPlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tidegate.channel..",
            "io.tidegate.broker..",
            "io.tidegate.log..",
            "io.tidegate.store..",
            "io.tidegate.hub..",
            "io.tidegate.tail..",
            "io.tidegate.session..",
            "io.tidegate.webhook.dns..",
            "io.tidegate.webhook.standing..",
            "io.tidegate.webhook.send..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micronaut..")
        .check(CLASSES);
  }

  @Test
  void sqlIsInJdbcClassesOnly() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Jdbc")
        .and()
        .haveNameNotMatching(".*\\.Jdbc\\w+\\$.*|.*\\$Definition.*|.*\\$Intercepted.*")
        .and()
        .resideOutsideOfPackage("io.tidegate.postgres..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.PreparedStatement")
        .check(CLASSES);
  }

  /** So that none of it is loaded, let alone called, where nothing is traced. */
  @Test
  void spansAreMadeInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tidegate.otlp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  /** Where more waits than somebody has said may wait, a flood is a crash. */
  @Test
  void nothingQueuesWithoutABound() {
    noClasses()
        .should()
        .callConstructor(LinkedBlockingQueue.class)
        .orShould()
        .callConstructor(LinkedBlockingDeque.class)
        .orShould()
        .callConstructor(LinkedTransferQueue.class)
        .orShould()
        .callMethod(Executors.class, "newCachedThreadPool")
        .orShould()
        .callMethod(Executors.class, "newFixedThreadPool", int.class)
        .orShould()
        .callMethod(Executors.class, "newSingleThreadExecutor")
        .check(CLASSES);
  }

  /**
   * The framework looks for a task's bean at each of its runs, and one that is late on a busy
   * machine then meets a context that has been closed: what runs every few seconds has a timer.
   */
  @Test
  void listenersAreNotLookedAtByATaskOfTheFramework() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.tidegate.events..")
        .should()
        .beAnnotatedWith(Scheduled.class)
        .check(CLASSES);
  }

  /**
   * The framework leaves a task out of those it runs when it is to be called at the end as well.
   */
  @Test
  void whatRunsAgainAndAgainIsNotCalledAtTheEndToo() {
    noMethods()
        .that()
        .areAnnotatedWith(Scheduled.class)
        .should()
        .beAnnotatedWith(PreDestroy.class)
        .check(CLASSES);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        .should()
        .haveNameMatching("io\\.tidegate\\..*(Impl|Util|Utils|Helper|Manager|Service)$")
        .check(CLASSES);
  }

  private static String nameOf(JavaClass one) {
    String name = one.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  private static int floorOf(JavaClass one) {
    String name = nameOf(one);
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      if (FLOORS.get(floor).contains(name)) {
        return floor;
      }
    }
    return FLOORS.size();
  }
}
