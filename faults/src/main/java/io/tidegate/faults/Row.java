package io.tidegate.faults;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tidegate.faults.bugs.Bug;
import io.tidegate.faults.check.Checker;
import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.fault.AllFaults;
import io.tidegate.faults.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of the report, as it is kept while a campaign goes on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "row")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Row.OfFault.class, name = "fault"),
  @JsonSubTypes.Type(value = Row.OfBug.class, name = "bug"),
  @JsonSubTypes.Type(value = Row.NotRun.class, name = "not-run"),
})
public sealed interface Row {
  /** What it is about, so that it is not done again. */
  @JsonIgnore
  String key();

  /** Its place among rows of its kind. */
  long order();

  /** Whether it is as it should be. */
  @JsonIgnore
  boolean isGood();

  /** Of a run with a fault. */
  static String key(String fault, long seed) {
    return fault + " " + seed;
  }

  /** Of a planted bug. */
  static String key(Bug bug) {
    return "planted " + Teeth.name(bug);
  }

  /**
   * One run of a fault.
   *
   * @param ofRate what a limited tenant got of what it was due; null: not judged
   * @param first violations of each kind
   */
  record OfFault(
      String fault,
      String what,
      long seed,
      int published,
      int acknowledged,
      int refused,
      int unknown,
      int deliveries,
      int discontinuities,
      @Nullable Double ofRate,
      long calmMillis,
      long tookMillis,
      Map<Kind, Integer> violations,
      List<String> first)
      implements Row {
    static OfFault of(Run.Outcome outcome) {
      Checker.Verdict verdict = outcome.verdict();
      return new OfFault(
          outcome.fault().name(),
          outcome.fault().what(),
          outcome.seed(),
          verdict.published(),
          verdict.acknowledged(),
          verdict.refused(),
          verdict.unknown(),
          verdict.deliveries(),
          verdict.jumps(),
          Double.isNaN(verdict.ofRate()) ? null : verdict.ofRate(),
          outcome.calmMillis(),
          outcome.tookMillis(),
          verdict.violations().counts(),
          verdict.violations().kept().stream().map(one -> one.kind() + ": " + one.what()).toList());
    }

    @Override
    public String key() {
      return Row.key(fault, seed);
    }

    @Override
    public long order() {
      List<String> all = AllFaults.all().stream().map(Fault::name).toList();
      return ((long) all.indexOf(fault) << 32) + seed;
    }

    @Override
    public boolean isGood() {
      return violations.isEmpty();
    }
  }

  /**
   * What became of a planted bug.
   *
   * @param runs that it took; all of them, if it was not found
   */
  record OfBug(
      String bug,
      String fault,
      boolean found,
      int runs,
      long tookMillis,
      Map<Kind, Integer> violations)
      implements Row {
    @Override
    public String key() {
      return "planted " + bug;
    }

    @Override
    public long order() {
      return List.of(Bug.values()).indexOf(Teeth.wanted(Optional.of(bug)).getFirst());
    }

    @Override
    public boolean isGood() {
      return found;
    }
  }

  /**
   * What could not be run, or broke off.
   *
   * @param of the key of what was to be run
   * @param left whether it was left out, as something it needs is not there
   */
  record NotRun(String of, String why, boolean left) implements Row {
    static NotRun of(Fault fault, long seed, Exception why) {
      return new NotRun(Row.key(fault.name(), seed), why.toString(), false);
    }

    @Override
    public String key() {
      return of;
    }

    @Override
    public long order() {
      return 0;
    }

    @Override
    public boolean isGood() {
      return left;
    }
  }
}
