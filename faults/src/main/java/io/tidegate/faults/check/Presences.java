package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Action;
import io.tidegate.faults.history.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * In the end every observer and every node shows exactly those who are there; and who was back
 * within the grace was never shown as gone.
 */
final class Presences {
  /** Half the grace of clients whose node died: a busy machine's clients are late to notice. */
  private static final long BACK_IN_TIME_MILLIS = 5_000;

  /** Members of a node that comes back are known again by then. */
  private static final long KNOWN_AGAIN_MILLIS = 15_000;

  private final Violations violations;
  private final Allowed.Members lost;

  /** The node that others cannot know about; -1: none. */
  private int apart = -1;

  private long healed = Long.MAX_VALUE / 2;

  /** By app and member, in the order of events. */
  private final Map<String, List<Event.Present>> lives = new HashMap<>();

  /** What each observer shows now. */
  private final Map<String, Shown> views = new HashMap<>();

  private final Map<String, Set<String>> listed = new HashMap<>();
  private final List<Gone> shownAsGone = new ArrayList<>();

  private record Gone(long at, String who, String member) {}

  Presences(Violations violations, Allowed allowed) {
    this.violations = violations;
    this.lost = allowed.members();
  }

  void accept(Event event) {
    switch (event) {
      case Event.Present one ->
          lives
              .computeIfAbsent(
                  one.app() + " " + one.clientId() + "/" + one.connectionId(),
                  key -> new ArrayList<>())
              .add(one);
      case Event.Seen one -> seen(one);
      case Event.Listed one ->
          listed.put(one.app() + " node " + one.node(), new TreeSet<>(one.members()));
      case Event.Phase one -> phase(one);
      default -> {}
    }
  }

  private void phase(Event.Phase one) {
    switch (one.name()) {
      case "apart" -> apart = Integer.parseInt(one.what());
      case "healed" -> healed = one.at();
      default -> {}
    }
  }

  private void seen(Event.Seen one) {
    views.computeIfAbsent(one.app() + " " + one.who(), key -> new Shown()).see(one);
    if (one.action().equals("leave")) {
      for (String member : one.members()) {
        shownAsGone.add(new Gone(one.at(), one.who(), one.app() + " " + member));
      }
    }
  }

  /** After the last event. */
  void finish() {
    Map<String, Set<String>> there = new HashMap<>();
    lives.forEach(
        (member, life) -> {
          Action last = life.getLast().action();
          if (last == Action.ENTERED || last == Action.RESUMED) {
            int space = member.indexOf(' ');
            there
                .computeIfAbsent(member.substring(0, space), key -> new TreeSet<>())
                .add(member.substring(space + 1));
          }
        });
    views.forEach((who, shown) -> compare(who, of(there, who), shown.members()));
    listed.forEach((where, members) -> compare(where, of(there, where), members));
    shownAsGone.forEach(this::judge);
  }

  private static Set<String> of(Map<String, Set<String>> there, String teller) {
    return there.getOrDefault(teller.substring(0, teller.indexOf(' ')), Set.of());
  }

  private void compare(String teller, Set<String> there, Set<String> shown) {
    Set<String> ghosts = new TreeSet<>(shown);
    ghosts.removeAll(there);
    ghosts.forEach(ghost -> violations.add(Kind.GHOST, teller + " shows " + ghost));
    Set<String> absent = new TreeSet<>(there);
    absent.removeAll(shown);
    absent.forEach(one -> violations.add(Kind.ABSENT, teller + " does not show " + one));
  }

  /** Whether the member was away for so long, or wanted to go, or did not come back as itself. */
  private void judge(Gone gone) {
    List<Event.Present> life = lives.getOrDefault(gone.member(), List.of());
    if (mayBeLost(gone, life)) {
      return;
    }
    boolean wasThere = true;
    long since = 0;
    boolean back = true;
    for (Event.Present one : life) {
      boolean in = one.action() == Action.ENTERED || one.action() == Action.RESUMED;
      if (one.action() == Action.LEAVING) {
        return;
      }
      if (one.at() <= gone.at()) {
        wasThere = in;
        since = in ? since : one.at();
        back = in;
      } else if (!back && in) {
        back = one.at() - since < BACK_IN_TIME_MILLIS;
        break;
      }
    }
    if (!life.isEmpty() && (wasThere || back)) {
      violations.add(
          Kind.FLICKER, gone.who() + " saw " + gone.member() + " leave at " + gone.at() + " ms");
    }
  }

  private boolean mayBeLost(Gone gone, List<Event.Present> life) {
    return switch (lost) {
      case NOBODYS -> false;
      case OF_A_NODE_APART ->
          gone.at() <= healed + KNOWN_AGAIN_MILLIS && nodeOf(life, gone.at()) == apart;
    };
  }

  /** Where it was last before that. */
  private static int nodeOf(List<Event.Present> life, long at) {
    int node = -1;
    for (Event.Present one : life) {
      if (one.at() <= at && (one.action() == Action.ENTERED || one.action() == Action.RESUMED)) {
        node = one.node();
      }
    }
    return node;
  }
}
