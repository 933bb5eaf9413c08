package io.tidegate.tenant;

import io.tidegate.channel.KeyName;

/** Takes note that a key was used with success, for {@code lastUsedAt}; never waits. */
public interface KeyUse {
  void used(KeyName key);
}
