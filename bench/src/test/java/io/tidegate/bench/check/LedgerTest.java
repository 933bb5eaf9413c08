package io.tidegate.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final SeqRun run = new SeqRun();

  @BeforeEach
  void threeWereAcknowledgedAfterSeqSeven() {
    ledger.accepted(100, 3);
    run.startAfter(7);
  }

  @Test
  void theAcknowledgedInOrderAreFine() {
    receive(8, 100, 9, 101, 10, 102);
    assertThat(ledger.check(run)).isEmpty();
  }

  @Test
  void seqsMayGoToMessagesInAnotherOrderThanTheirNumbers() {
    receive(8, 102, 9, 100, 10, 101);
    assertThat(ledger.check(run)).isEmpty();
  }

  @Test
  void aGapIsCounted() {
    receive(8, 100, 10, 102);
    assertThat(ledger.check(run)).first().asString().isEqualTo("gap: 10 after 8");
    assertThat(run.lost()).isEqualTo(1);
  }

  @Test
  void aLossAtTheEndIsSeenThoughNoGapShowsIt() {
    receive(8, 100, 9, 101);
    assertThat(ledger.check(run)).singleElement().asString().contains("received 2 messages, 3");
  }

  @Test
  void aRepeatIsCounted() {
    receive(8, 100, 9, 101, 9, 101, 10, 102);
    assertThat(ledger.check(run)).first().asString().isEqualTo("repeat: 9 after 9");
    assertThat(run.repeated()).isEqualTo(1);
  }

  @Test
  void aStrangerInTheRightPlaceIsSeen() {
    receive(8, 100, 9, 101, 10, 99);
    assertThat(ledger.check(run)).singleElement().asString().contains("not the acknowledged");
  }

  @Test
  void anUnknownOutcomeMayArriveOnce() {
    ledger.unknown(1);
    receive(8, 100, 9, 101, 10, 102, 11, 200);
    assertThat(ledger.check(run)).isEmpty();
    receive(12, 200);
    assertThat(ledger.check(run)).isNotEmpty();
  }

  @Test
  void manyFaultsAreToldShortly() {
    for (int i = 0; i < 100; i++) {
      run.fault("x");
    }
    receive(8, 100, 9, 101, 10, 102);
    assertThat(ledger.check(run)).containsExactly("x", "x", "x", "and 97 more");
  }

  private void receive(long... seqsAndNumbers) {
    for (int i = 0; i < seqsAndNumbers.length; i += 2) {
      run.accept(seqsAndNumbers[i], seqsAndNumbers[i + 1]);
    }
  }
}
