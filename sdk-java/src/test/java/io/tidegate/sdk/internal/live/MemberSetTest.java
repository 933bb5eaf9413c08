package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.PresenceEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages and changes come to one set, told change by change. */
class MemberSetTest {
  private final MemberSet set = new MemberSet("room");

  @Test
  void pagesAreCompleteWithTheLastOne() {
    assertThat(tell(set.sync(5, List.of(member("ada")), true))).containsExactly("ENTER ada");
    assertThat(set.isComplete()).isFalse();
    assertThat(tell(set.sync(5, List.of(member("bob")), false))).containsExactly("ENTER bob");
    assertThat(set.isComplete()).isTrue();
    assertThat(set.members()).containsExactly(member("ada"), member("bob"));
  }

  @Test
  void whoIsInNoPageIsGoneAndTheOthersAreNotToldAgain() {
    set.sync(5, List.of(member("ada"), member("bob")), false);
    set.reconnected();
    assertThat(set.isComplete()).isFalse();
    assertThat(tell(set.sync(9, List.of(member("bob")), false))).containsExactly("LEAVE ada");
  }

  @Test
  void whoEntersDuringTheSyncStaysAndWhoLeavesDoesNotComeBackWithAnOlderPage() {
    set.sync(5, List.of(member("ada")), true);
    assertThat(tell(set.entered(List.of(member("eve"))))).containsExactly("ENTER eve");
    assertThat(tell(set.left(8, List.of(member("bob"))))).isEmpty();
    assertThat(tell(set.sync(6, List.of(member("bob")), false))).isEmpty();
    assertThat(set.members()).containsExactly(member("ada"), member("eve"));
  }

  @Test
  void whoHasLeftAndEnteredAgainIsThere() {
    set.sync(5, List.of(member("ada")), true);
    set.left(6, List.of(member("ada")));
    set.entered(List.of(member("ada")));
    set.sync(7, List.of(), false);
    assertThat(set.members()).containsExactly(member("ada"));
  }

  @Test
  void otherDataIsAnUpdateAndTheSameIsNothing() {
    set.sync(5, List.of(member("ada")), false);
    assertThat(set.entered(List.of(member("ada")))).isEmpty();
    Member typing = new Member("ada", "c-ada", Optional.of("{\"typing\":true}"));
    assertThat(tell(set.entered(List.of(typing)))).containsExactly("UPDATE ada");
    assertThat(tell(set.left(7, List.of(member("ada"))))).containsExactly("LEAVE ada");
    assertThat(set.left(8, List.of(member("ada")))).isEmpty();
  }

  private static Member member(String name) {
    return new Member(name, "c-" + name, Optional.empty());
  }

  private static List<String> tell(List<PresenceEvent> events) {
    return events.stream().map(one -> one.action() + " " + one.member().clientId()).toList();
  }
}
