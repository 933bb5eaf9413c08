package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CourierTest {
  /** Has nothing to ask, and does not rest. */
  private static final class Busy implements Borrower {
    private int asked;

    @Override
    public String name() {
      return "busy";
    }

    @Override
    public @Nullable Wish wish() {
      asked++;
      return null;
    }

    @Override
    public void answered(Loan loan) {}

    @Override
    public void failed() {}

    @Override
    public boolean rests() {
      return false;
    }

    /** As two in a large set may have. */
    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  private static final Lender LENDER =
      new Lender() {
        @Override
        public boolean isUp() {
          return true;
        }

        @Override
        public CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes) {
          return CompletableFuture.completedStage(List.of());
        }
      };

  @Test
  void aTickAsksEachOnceAlsoThoseThatLieInOnePlaceOfTheSet() {
    Courier courier = new Courier(LENDER, Runnable::run);
    List<Busy> borrowers = List.of(new Busy(), new Busy(), new Busy());
    borrowers.forEach(courier::follow);

    assertTimeoutPreemptively(Duration.ofMinutes(1), courier::tick);

    assertThat(borrowers).extracting(one -> one.asked).containsExactly(1, 1, 1);
    assertThat(courier.active()).isEqualTo(3);
  }

  /** Wants one token, always. */
  private static final class Wanting implements Borrower {
    private final String name;
    private final List<String> heard = new ArrayList<>();

    Wanting(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Wish wish() {
      return new Wish.Tokens(name, new Rate(1, 1), 1, 0, 0, 0, 0);
    }

    @Override
    public void answered(Loan loan) {
      heard.add("" + loan.granted());
    }

    @Override
    public void failed() {
      heard.add("failed");
    }

    @Override
    public boolean rests() {
      return false;
    }
  }

  private final HeldLender lender = new HeldLender();
  private final Courier courier = lender.courier;

  private static List<Loan> loans(int many) {
    return LongStream.range(0, many).mapToObj(i -> new Loan(i, 0)).toList();
  }

  @Test
  void whoIsInAHurryIsAskedForAtOnceAndOthersWithTheTick() {
    Wanting one = new Wanting("one");
    courier.follow(one);
    assertThat(lender.lent()).isZero();
    courier.tick();
    assertThat(lender.lent()).isEqualTo(1);
    lender.answer(7, 0);
    assertThat(one.heard).containsExactly("7");
    courier.hurry(one);
    assertThat(lender.lent()).isEqualTo(2);
    assertThat(courier.calls()).isEqualTo(2);
    assertThat(courier.failures()).isZero();
    assertThat(courier.active()).isEqualTo(1);
  }

  @Test
  void whatComesUpWhileACallIsUnderWayGoesWithTheNext() {
    Wanting one = new Wanting("one");
    courier.hurry(one);
    courier.hurry(one);
    courier.tick();
    assertThat(lender.lent()).isEqualTo(1);
    lender.answer(1, 0);
    assertThat(lender.lent()).isEqualTo(2);
    lender.answer(2, 0);
    assertThat(lender.lent()).as("once is enough").isEqualTo(2);
    assertThat(one.heard).containsExactly("1", "2");
  }

  @Test
  void partitionsDoNotWaitForEachOther() {
    Wanting one = new Wanting("one");
    Wanting other =
        IntStream.range(0, 100)
            .mapToObj(i -> "other" + i)
            .filter(name -> Lender.partition(name) != Lender.partition("one"))
            .findFirst()
            .map(Wanting::new)
            .orElseThrow();
    courier.hurry(one);
    courier.hurry(other);
    assertThat(lender.lent()).isEqualTo(2);
  }

  @Test
  void namesLieInAllPartitions() {
    assertThat(IntStream.range(0, 1_000).map(i -> Lender.partition("name" + i)).boxed())
        .hasSameElementsAs(IntStream.range(0, Lender.PARTITIONS).boxed().toList());
    assertThat(IntStream.range(0, 16).map(i -> Lender.partition(String.valueOf((char) (i << 4)))))
        .as("hashes that differ above their lowest bits only")
        .containsOnly(0);
  }

  @Test
  void moreThanACallMayCarryGoWithTheNextOne() {
    List<Wanting> all =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "many" + i)
            .filter(name -> Lender.partition(name) == 3)
            .limit(201)
            .map(Wanting::new)
            .toList();
    all.forEach(courier::follow);
    courier.tick();
    lender.answer(loans(200));
    assertThat(all.stream().filter(one -> one.heard.isEmpty())).hasSize(1);
    lender.answer(loans(1));
    assertThat(all).allSatisfy(one -> assertThat(one.heard).hasSize(1));
    assertThat(courier.calls()).isEqualTo(2);
  }

  @Test
  void afterAFailureTheNextTickTriesAgain() {
    Wanting one = new Wanting("one");
    courier.hurry(one);
    courier.hurry(one);
    lender.fail();
    assertThat(one.heard).containsExactly("failed");
    assertThat(courier.failures()).isEqualTo(1);
    assertThat(lender.lent()).isEqualTo(1);
    courier.tick();
    assertThat(lender.lent()).isEqualTo(2);
  }

  @Test
  void anAnswerOfAnotherLengthIsNone() {
    Wanting one = new Wanting("one");
    courier.hurry(one);
    lender.answer(loans(2));
    assertThat(one.heard).containsExactly("failed");
  }
}
