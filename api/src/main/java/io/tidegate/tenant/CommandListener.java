package io.tidegate.tenant;

import java.time.Duration;

/** Carries commands out on this node. Called on a virtual thread; may wait for the database. */
public interface CommandListener {
  /**
   * A command was told, here or on another node. One that is refused, as a store is away, is told
   * again.
   *
   * @param ago how long ago it was committed, by the database's clock
   */
  void told(Command command, Duration ago);

  /** Commands may have been missed: nothing that is known counts any more. */
  void missed();
}
