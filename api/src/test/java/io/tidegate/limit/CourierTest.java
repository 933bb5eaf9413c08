package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
}
