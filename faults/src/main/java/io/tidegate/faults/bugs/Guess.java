package io.tidegate.faults.bugs;

import io.tidegate.channel.Draft;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import java.util.ArrayList;
import java.util.List;

/** An answer that is made up: the next seqs, of what is not kept. */
final class Guess {
  private Guess() {}

  static Published of(PublishUnit unit, Head head) {
    List<Published.Item> items = new ArrayList<>();
    List<Message> fresh = new ArrayList<>();
    long seq = head.lastSeq();
    for (Draft draft : unit.drafts()) {
      seq++;
      items.add(new Published.Item(draft.id(), seq));
      fresh.add(draft.numbered(seq, 0));
    }
    return new Published(head.epoch(), items, fresh);
  }
}
