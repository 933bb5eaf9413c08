package io.tidegate.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event.Outcome;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** What all nodes together let in, of a limit of 30 a second and 30 at once. */
class DriftTest {
  private static final int PER_SECOND = 30;

  /** Asked for each 10 ms: three times as many as may. */
  private static final long EVERY_MILLIS = 10;

  private static final long FAULT = 20_000;
  private static final long HEALED = 40_000;
  private static final long CALM = 42_000;
  private static final long END = 60_000;

  private static History run(LongPredicate letsIn) {
    History history = new History().quota(PER_SECOND, PER_SECOND).phase(0, "load", "");
    for (long at = 0; at < END; at += EVERY_MILLIS) {
      history.metered(at, letsIn.test(at) ? Outcome.ACKNOWLEDGED : Outcome.REFUSED);
    }
    return history.phase(FAULT, "fault", "").phase(HEALED, "healed", "").phase(CALM, "calm", "");
  }

  /** One bucket, filled at a rate, with so many more at a time. */
  private static class Bucket implements LongPredicate {
    private final double perSecond;
    private double tokens = PER_SECOND;

    Bucket(double perSecond) {
      this.perSecond = perSecond;
    }

    @Override
    public boolean test(long at) {
      tokens = Math.min(PER_SECOND, tokens + rate(at) * EVERY_MILLIS / 1000);
      boolean in = tokens >= 1;
      tokens -= in ? 1 : 0;
      return in;
    }

    double rate(long at) {
      return perSecond;
    }
  }

  private static void broken(History history, Allowed allowed, Kind... kinds) {
    assertThat(history.check(allowed).counts().keySet()).containsExactlyInAnyOrder(kinds);
  }

  @Test
  void whatOneBucketLetsInIsWell() {
    broken(run(new Bucket(PER_SECOND)), Allowed.NOTHING);
  }

  @Test
  void nodesThatEachLetInTheRateAreOverIt() {
    broken(run(new Bucket(3 * PER_SECOND)), Allowed.NOTHING, Kind.LIMIT_DRIFT);
  }

  @Test
  void someMoreAllTheTimeIsFoundOverTheWholeRun() {
    broken(run(new Bucket(1.1 * PER_SECOND)), Allowed.NOTHING, Kind.LIMIT_DRIFT);
  }

  @Test
  void nodesThatEachLetInTheRateAreOverItOnABusyMachineToo() {
    History each = run(new Bucket(3 * PER_SECOND));
    assertThat(each.check(Allowed.NOTHING, Tolerance.BUSY).counts())
        .containsOnlyKeys(Kind.LIMIT_DRIFT);
    History apart = run(new Bucket(1.3 * PER_SECOND));
    assertThat(apart.check(Allowed.NOTHING, Tolerance.BUSY).isEmpty()).isTrue();
  }

  @Test
  void aBurstTooManyIsFoundAmongMany() {
    Bucket bucket = new Bucket(PER_SECOND);
    LongPredicate twice = at -> bucket.test(at) || (at >= 30_000 && at < 30_500);
    broken(run(twice), Allowed.NOTHING, Kind.LIMIT_DRIFT);
    broken(run(twice), Allowed.REDIS_AWAY);
  }

  @Test
  void aBurstMoreIsForTheTimeOfTheFaultOnly() {
    Bucket bucket = new Bucket(PER_SECOND);
    LongPredicate early = at -> bucket.test(at) || (at >= 10_000 && at < 10_500);
    broken(run(early), Allowed.REDIS_AWAY, Kind.LIMIT_DRIFT);
  }

  @Test
  void aNodeApartMayAddItsPartWhileItIsApart() {
    Bucket bucket =
        new Bucket(PER_SECOND) {
          @Override
          double rate(long at) {
            return at >= FAULT && at < HEALED ? PER_SECOND * 4 / 3.0 : PER_SECOND;
          }
        };
    History apart = run(bucket);
    broken(apart, Allowed.ONE_APART);
    broken(apart, Allowed.REDIS_AWAY, Kind.LIMIT_DRIFT);
  }

  @Test
  void whoIsLetInMuchLessInCalmTimesIsStarved() {
    broken(run(new Bucket(PER_SECOND / 2.0)), Allowed.NOTHING, Kind.LIMIT_DRIFT);
  }

  @Test
  void whileSomethingIsBrokenLessMayBeLetIn() {
    Bucket bucket = new Bucket(PER_SECOND);
    broken(run(at -> (at < FAULT || at > CALM) && bucket.test(at)), Allowed.NOTHING);
  }

  @Test
  void whoAsksForLessThanItMayIsNotStarved() {
    History history = new History().quota(PER_SECOND, PER_SECOND).phase(0, "load", "");
    for (long at = 0; at < END; at += 100) {
      history.metered(at, Outcome.ACKNOWLEDGED);
    }
    broken(history.phase(FAULT, "fault", "").phase(CALM, "calm", ""), Allowed.NOTHING);
  }

  @Test
  void versionsThatCountByThemselvesAreNotJudged() {
    broken(run(new Bucket(3 * PER_SECOND)), Allowed.OTHER_VERSION);
  }
}
