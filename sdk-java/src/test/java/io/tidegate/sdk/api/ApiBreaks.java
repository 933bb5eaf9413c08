package io.tidegate.sdk.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of one listing breaks who was compiled against another, or whose source was. Strict: what is
 * not known to be harmless counts as a break.
 */
final class ApiBreaks {
  /** A type's line: what it is, and what follows in lists. */
  private static final Pattern HEAD =
      Pattern.compile("(.*?)(?: extends (.*?))?(?: implements (.*?))?(?: permits (.*?))?");

  /** Interfaces that the SDK alone implements: more of them breaks nobody. */
  private final Set<String> implementedHere;

  ApiBreaks(Set<String> implementedHere) {
    this.implementedHere = implementedHere;
  }

  List<String> between(List<String> before, List<String> after) {
    Map<String, Set<String>> old = types(before);
    Map<String, Set<String>> now = types(after);
    Map<String, String> heads = new LinkedHashMap<>();
    now.keySet().forEach(head -> heads.put(name(head), head));
    List<String> breaks = new ArrayList<>();
    old.forEach(
        (head, members) -> {
          String current = heads.get(name(head));
          if (current == null) {
            breaks.add("gone: " + head);
          } else {
            compareHeads(head, current, breaks);
            compareMembers(name(head), members, Objects.requireNonNull(now.get(current)), breaks);
          }
        });
    return breaks;
  }

  private static void compareHeads(String before, String after, List<String> breaks) {
    Matcher old = parts(before);
    Matcher now = parts(after);
    boolean same =
        old.group(1).equals(now.group(1))
            && Objects.equals(old.group(2), now.group(2))
            && items(now.group(3)).containsAll(items(old.group(3)))
            && items(now.group(4)).equals(items(old.group(4)));
    if (!same) {
      breaks.add("changed: " + before + " -> " + after);
    }
  }

  private void compareMembers(
      String type, Set<String> before, Set<String> after, List<String> breaks) {
    boolean ours = implementedHere.contains(type);
    Set<String> old = ours ? ofCallers(before) : before;
    Set<String> now = ours ? ofCallers(after) : after;
    for (String member : old) {
      if (!now.contains(member)) {
        breaks.add("gone: " + type + " " + member);
      }
    }
    for (String member : now) {
      if (!ours && !old.contains(member) && member.contains(" abstract ")) {
        breaks.add("to be implemented: " + type + " " + member);
      }
    }
  }

  /** Who only calls a method does not see whether it has a body. */
  private static Set<String> ofCallers(Set<String> members) {
    Set<String> seen = new LinkedHashSet<>();
    members.forEach(
        member -> seen.add(member.replace(" abstract ", " ").replace(" default ", " ")));
    return seen;
  }

  /** A type's or package's line, and its members' lines. */
  private static Map<String, Set<String>> types(List<String> lines) {
    Map<String, Set<String>> types = new LinkedHashMap<>();
    Set<String> members = new LinkedHashSet<>();
    for (String line : lines) {
      if (line.startsWith("  ")) {
        members.add(line.strip());
      } else {
        members = new LinkedHashSet<>();
        types.put(line, members);
      }
    }
    return types;
  }

  /** A type's name without its parameters, or the package's. */
  private static String name(String head) {
    String first = parts(head).group(1).replaceAll("<.*", "").replace(" @NullMarked", "");
    return first.substring(first.lastIndexOf(' ') + 1);
  }

  private static Matcher parts(String head) {
    Matcher matcher = HEAD.matcher(head);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(head);
    }
    return matcher;
  }

  private static Set<String> items(String list) {
    return list == null ? Set.of() : new TreeSet<>(Arrays.asList(list.split(", ")));
  }
}
