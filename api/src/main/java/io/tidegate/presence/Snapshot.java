package io.tidegate.presence;

import java.util.NavigableMap;

/**
 * A channel's members at one version.
 *
 * @param epoch names the run of versions: within one, a version is one set
 * @param version rises with every change, across epochs too
 * @param members by key
 */
public record Snapshot(String epoch, long version, NavigableMap<String, Member> members) {
  /** The rest behind a key; all of it behind the empty one. */
  NavigableMap<String, Member> behind(String key) {
    return key.isEmpty() ? members : members.tailMap(key, false);
  }
}
