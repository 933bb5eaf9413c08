package io.tidegate.faults.history;

import java.util.HashSet;
import java.util.Set;

/** Who is present by what one observer was told, in the order of its frames. Guarded by itself. */
public final class Shown {
  private Set<String> members = new HashSet<>();
  private Set<String> page = new HashSet<>();
  private Set<String> leftMeanwhile = new HashSet<>();
  private boolean syncing;

  /** One more frame. */
  public synchronized void see(Event.Seen frame) {
    switch (frame.action()) {
      case "sync" -> sync(frame);
      case "enter", "update" -> {
        members.addAll(frame.members());
        page.addAll(frame.members());
      }
      case "leave" -> {
        members.removeAll(frame.members());
        page.removeAll(frame.members());
        leftMeanwhile.addAll(frame.members());
      }
      default -> {}
    }
  }

  private void sync(Event.Seen frame) {
    if (!syncing) {
      page = new HashSet<>();
      leftMeanwhile = new HashSet<>();
      syncing = true;
    }
    frame.members().stream().filter(member -> !leftMeanwhile.contains(member)).forEach(page::add);
    if (frame.last()) {
      members = page;
      // What is told from now on is not of a page any more.
      page = new HashSet<>();
      syncing = false;
    }
  }

  /** {@code clientId/connectionId} of each. */
  public synchronized Set<String> members() {
    return Set.copyOf(members);
  }
}
