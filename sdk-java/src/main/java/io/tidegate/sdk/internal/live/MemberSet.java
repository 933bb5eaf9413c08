package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.Member;
import io.tidegate.sdk.PresenceEvent;
import io.tidegate.sdk.PresenceEvent.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is present, from pages and changes (asyncapi.yaml, presenceEvent). Pure: what comes in, what
 * is to be told comes out.
 */
final class MemberSet {
  private record Who(String clientId, String connectionId) {
    static Who of(Member member) {
      return new Who(member.clientId(), member.connectionId());
    }
  }

  private final String channel;
  private final Map<Who, Member> members = new LinkedHashMap<>();

  /** Of the sync that is going on: who was named. Null when none is. */
  private @Nullable Set<Who> named;

  /** Of the sync that is going on: who left, and with which version; a page may be older. */
  private final Map<Who, Long> left = new HashMap<>();

  private boolean complete;

  MemberSet(String channel) {
    this.channel = channel;
  }

  /** Whether all pages have come. */
  boolean isComplete() {
    return complete;
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  /** The line is new: what is known may be old until the next sync has ended. */
  void reconnected() {
    named = null;
    left.clear();
    complete = false;
  }

  /** One page; without more to come, whoever was not named is gone. */
  List<PresenceEvent> sync(long version, List<Member> page, boolean more) {
    List<PresenceEvent> told = new ArrayList<>();
    Set<Who> seen = named;
    if (seen == null) {
      seen = new HashSet<>();
      named = seen;
    }
    for (Member member : page) {
      Who who = Who.of(member);
      Long gone = left.get(who);
      if (gone == null || gone < version) {
        seen.add(who);
        put(member, told);
      }
    }
    if (!more) {
      for (Who who : List.copyOf(members.keySet())) {
        if (!seen.contains(who)) {
          remove(who, told);
        }
      }
      named = null;
      left.clear();
      complete = true;
    }
    return told;
  }

  /** {@code enter} or {@code update}. */
  List<PresenceEvent> entered(List<Member> changed) {
    List<PresenceEvent> told = new ArrayList<>();
    for (Member member : changed) {
      if (named != null) {
        named.add(Who.of(member));
        left.remove(Who.of(member));
      }
      put(member, told);
    }
    return told;
  }

  List<PresenceEvent> left(long version, List<Member> changed) {
    List<PresenceEvent> told = new ArrayList<>();
    for (Member member : changed) {
      if (named != null) {
        left.put(Who.of(member), version);
      }
      remove(Who.of(member), told);
    }
    return told;
  }

  private void put(Member member, List<PresenceEvent> told) {
    Member before = members.put(Who.of(member), member);
    if (!member.equals(before)) {
      told.add(new PresenceEvent(channel, before == null ? Action.ENTER : Action.UPDATE, member));
    }
  }

  private void remove(Who who, List<PresenceEvent> told) {
    Member gone = members.remove(who);
    if (gone != null) {
      told.add(new PresenceEvent(channel, Action.LEAVE, gone));
    }
  }
}
