package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What nodes may rely on, whoever lends. Rates are so slow that a busy machine changes nothing. */
abstract class LenderContract {
  private static final Rate SLOW = new Rate(1, 1_000);

  abstract Lender here();

  abstract Lender there();

  abstract void pass(Duration time);

  private final String name = "lent-" + System.nanoTime();

  private Loan tokens(Lender node, long need, long ahead, long held, long back) {
    return one(node, new Wish.Tokens(name, SLOW, need, ahead, held, back, 0));
  }

  private static Loan one(Lender node, Wish wish) {
    return node.lend(Lender.partition(wish.name()), List.of(wish))
        .toCompletableFuture()
        .join()
        .getFirst();
  }

  private static void assertRest(Loan loan, double rest) {
    assertThat(loan.rest()).isCloseTo(rest, offset(60.0));
  }

  @Test
  void aFullBucketIsOneForAllNodes() {
    Loan first = tokens(here(), 600, 0, 0, 0);
    assertThat(first.granted()).isEqualTo(600);
    assertRest(first, 400);
    Loan second = tokens(there(), 600, 0, 0, 0);
    assertThat(second.granted()).isBetween(400L, 460L);
    assertRest(second, 0);
  }

  @Test
  void aQuarterOfWhatIsLeftIsLentAhead() {
    Loan loan = tokens(here(), 200, 800, 0, 0);
    assertThat(loan.granted()).isEqualTo(400);
    assertRest(loan, 600);
  }

  @Test
  void whatIsInHandOfOthersIsNotFilledUp() {
    long before = System.nanoTime();
    assertThat(tokens(here(), 0, 800, 0, 0).granted()).isEqualTo(250);
    pass(Duration.ofMillis(500));
    Loan there = tokens(there(), 0, 0, 0, 0);
    long passed = 500 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    double most = passed < Lender.TOKENS_MILLIS ? 750 : 750 + passed / 1e3;
    assertThat(there.rest()).as("in hand after %d ms", passed).isBetween(740.0, most);
  }

  @Test
  void whatComesBackIsThereForOthers() {
    tokens(here(), 0, 800, 0, 0);
    assertThat(tokens(here(), 0, 0, 0, 250).granted()).isZero();
    assertThat(tokens(there(), 1_000, 0, 0, 0).granted()).isBetween(990L, 1_000L);
  }

  @Test
  void whatIsInHandOfANodeThatIsGoneIsLostAndThenFilledUp() {
    tokens(here(), 0, 800, 0, 0);
    pass(Duration.ofMillis(Lender.TOKENS_MILLIS + 1));
    assertRest(tokens(there(), 0, 0, 0, 0), 753);
    pass(Duration.ofSeconds(1_000));
    assertThat(tokens(there(), 0, 0, 0, 0).rest()).isEqualTo(1_000);
  }

  @Test
  void whatANodeOwesIsPaidBackBeforeAnythingIsLent() {
    Loan after = one(here(), new Wish.Tokens(name, SLOW, 0, 0, 0, 0, 1_500));
    assertRest(after, -500);
    assertThat(tokens(there(), 10, 10, 0, 0).granted()).isZero();
    pass(Duration.ofSeconds(600));
    assertThat(tokens(there(), 10, 0, 0, 0).granted()).isEqualTo(10);
  }

  @Test
  void aRateThatBecameNothingIsAnsweredAndSoAreOthersBesideIt() {
    String other = neighbour();
    assertThat(tokens(here(), 0, 800, 0, 0).granted()).isEqualTo(250);
    List<Loan> loans =
        here()
            .lend(
                Lender.partition(name),
                List.of(
                    new Wish.Tokens(name, new Rate(0, 1), 0, 0, 0, 250, 0),
                    new Wish.Tokens(other, SLOW, 3, 0, 0, 0, 0)))
            .toCompletableFuture()
            .join();
    assertThat(loans).extracting(Loan::granted).containsExactly(0L, 3L);
  }

  /** Another name of the same partition. */
  private String neighbour() {
    String other = name;
    for (int i = 0; Lender.partition(other) != Lender.partition(name) || i == 0; i++) {
      other = name + "-" + i;
    }
    return other;
  }

  @Test
  void severalWishesAreAnsweredInTheirOrder() {
    String other = neighbour();
    List<Loan> loans =
        here()
            .lend(
                Lender.partition(name),
                List.of(
                    new Wish.Tokens(name, SLOW, 1, 0, 0, 0, 0),
                    new Wish.Places(other, 5, 0, 2, 2),
                    new Wish.Tokens(name, SLOW, 2, 0, 0, 0, 0)))
            .toCompletableFuture()
            .join();
    assertThat(loans).extracting(Loan::granted).containsExactly(1L, 2L, 2L);
  }

  private Loan places(Lender node, long most, long inUse, long need, long want) {
    return one(node, new Wish.Places(name, most, inUse, need, want));
  }

  @Test
  void placesAreOneForAllNodes() {
    assertThat(places(here(), 10, 6, 6, 6)).isEqualTo(new Loan(6, 0));
    assertThat(places(there(), 10, 0, 8, 8)).isEqualTo(new Loan(4, 6));
    assertThat(places(here(), 10, 6, 7, 7)).isEqualTo(new Loan(6, 4));
    assertThat(places(there(), 10, 1, 1, 1)).isEqualTo(new Loan(1, 6));
    assertThat(places(here(), 10, 6, 7, 107)).isEqualTo(new Loan(7, 1));
    assertThat(places(here(), 100, 6, 7, 107)).isEqualTo(new Loan(7 + 23, 1));
  }

  @Test
  void whoIsInStaysWhenTheLimitIsLowered() {
    places(here(), 10, 6, 6, 6);
    assertThat(places(here(), 2, 6, 7, 7)).isEqualTo(new Loan(6, 0));
    assertThat(places(there(), 2, 0, 1, 1)).isEqualTo(new Loan(0, 6));
  }

  @Test
  void placesOfANodeThatIsGoneAreFree() {
    places(here(), 10, 10, 10, 10);
    pass(Duration.ofMillis(Lender.PLACES_MILLIS / 10));
    assertThat(places(there(), 10, 0, 1, 1).granted()).isZero();
    pass(Duration.ofMillis(Lender.PLACES_MILLIS * 9 / 10 + 1));
    assertThat(places(there(), 10, 0, 1, 1)).isEqualTo(new Loan(1, 0));
  }
}
