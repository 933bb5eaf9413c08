package io.tidegate.scenarios.judge;

import io.tidegate.scenarios.judge.Event.Got;
import io.tidegate.scenarios.judge.Event.Jump;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one subscription of a channel reported against what the channel holds. Nothing is
 * lost, nothing comes twice, numbers rise one by one, and whatever does not is announced before.
 */
public final class Judge {
  private Judge() {}

  /** Whether all that was sent behind the subscription's begin is accounted for by now. */
  public static boolean isSettled(List<Event> reported, Collection<Sent> sent) {
    return lost(reported, sent).isEmpty();
  }

  /**
   * Everything that was promised and not kept.
   *
   * @param reported of one channel, since its subscription began
   * @param sent what is in the channel, or was acknowledged, since then
   * @param mayJump whether the channel's store may have lost something, so that jumps are right as
   *     long as they are announced; an id may then come again in another epoch, as who remembers it
   *     is gone
   */
  public static List<String> violations(
      List<Event> reported, Collection<Sent> sent, boolean mayJump) {
    List<String> found = new ArrayList<>(order(reported, mayJump));
    for (Sent missing : lost(reported, sent)) {
      found.add("lost: " + missing);
    }
    Map<String, Place> places = new HashMap<>();
    for (Event event : reported) {
      if (event instanceof Got got) {
        places.putIfAbsent(got.id(), got.at());
      }
    }
    for (Sent one : sent) {
      Place seen = places.get(one.id());
      if (seen != null && !seen.equals(one.at()) && !mayJump) {
        found.add("at two places: " + one + " came as " + seen);
      }
    }
    return found;
  }

  private static List<String> order(List<Event> reported, boolean mayJump) {
    List<String> found = new ArrayList<>();
    Set<Place> places = new HashSet<>();
    Map<String, String> epochs = new HashMap<>();
    @Nullable Place last = null;
    for (Event event : reported) {
      if (event instanceof Jump jump) {
        if (!mayJump) {
          found.add("needless discontinuity: " + jump);
        }
        Place from = jump.from().orElse(last);
        if (last != null && from != null && from.isBehind(last)) {
          found.add("silent gap: " + last + " to " + jump);
        }
        last = jump.to();
      } else if (event instanceof Got got) {
        String before = epochs.put(got.id(), got.at().epoch());
        if (!places.add(got.at())
            || (before != null && (!mayJump || before.equals(got.at().epoch())))) {
          found.add("twice: " + got.id() + " at " + got.at());
        }
        if (last != null && !got.at().equals(new Place(last.epoch(), last.seq() + 1))) {
          found.add(
              (got.at().isBehind(last) ? "silent gap: " : "out of order: ")
                  + last
                  + " to "
                  + got.at());
        }
        got.error().ifPresent(error -> found.add("unreadable: " + got.id() + ": " + error));
        last = got.at();
      }
    }
    return found;
  }

  private static List<Sent> lost(List<Event> reported, Collection<Sent> sent) {
    Set<Place> came = new HashSet<>();
    List<Jump> jumps = new ArrayList<>();
    for (Event event : reported) {
      if (event instanceof Got got) {
        came.add(got.at());
      } else if (event instanceof Jump jump) {
        jumps.add(jump);
      }
    }
    return sent.stream()
        .filter(one -> !came.contains(one.at()))
        .filter(one -> jumps.stream().noneMatch(jump -> covers(jump, one.at())))
        .toList();
  }

  /** Whether the jump says that this message is not coming. */
  private static boolean covers(Jump jump, Place place) {
    boolean behind = jump.from().map(from -> place.isBehind(from)).orElse(true);
    boolean before = !place.epoch().equals(jump.to().epoch()) || place.seq() <= jump.to().seq();
    return behind && before;
  }
}
