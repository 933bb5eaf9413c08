package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

  private final Violations violations;
  private final Allowed allowed;

  /** By app and member, in the order of events. */
  private final Map<String, List<Event.Present>> lives = new HashMap<>();

  /** What each observer shows now. */
  private final Map<String, View> views = new HashMap<>();

  private final Map<String, Set<String>> listed = new HashMap<>();
  private final List<Gone> shownAsGone = new ArrayList<>();

  private record Gone(long at, String who, String member) {}

  private static final class View {
    private final String app;
    private Set<String> members = new HashSet<>();
    private Set<String> page = new HashSet<>();
    private Set<String> leftMeanwhile = new HashSet<>();
    private boolean syncing;

    View(String app) {
      this.app = app;
    }
  }

  Presences(Violations violations, Allowed allowed) {
    this.violations = violations;
    this.allowed = allowed;
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
      default -> {}
    }
  }

  private void seen(Event.Seen one) {
    View view = views.computeIfAbsent(one.who(), key -> new View(one.app()));
    switch (one.action()) {
      case "sync" -> {
        if (!view.syncing) {
          view.page = new HashSet<>();
          view.leftMeanwhile = new HashSet<>();
          view.syncing = true;
        }
        one.members().stream()
            .filter(member -> !view.leftMeanwhile.contains(member))
            .forEach(view.page::add);
        if (one.last()) {
          view.members = view.page;
          view.syncing = false;
        }
      }
      case "enter", "update" -> {
        view.members.addAll(one.members());
        view.page.addAll(one.members());
      }
      case "leave" -> {
        view.members.removeAll(one.members());
        view.page.removeAll(one.members());
        view.leftMeanwhile.addAll(one.members());
        one.members()
            .forEach(
                member -> shownAsGone.add(new Gone(one.at(), one.who(), one.app() + " " + member)));
      }
      default -> {}
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
    views.forEach(
        (who, view) -> compare(who, there.getOrDefault(view.app, Set.of()), view.members));
    listed.forEach(
        (where, members) ->
            compare(
                where,
                there.getOrDefault(where.substring(0, where.indexOf(' ')), Set.of()),
                members));
    shownAsGone.forEach(this::judge);
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
    if (allowed.membersLost()) {
      return;
    }
    List<Event.Present> life = lives.getOrDefault(gone.member(), List.of());
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
}
