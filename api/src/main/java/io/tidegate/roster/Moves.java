package io.tidegate.roster;

import io.tidegate.channel.AppId;

/**
 * Has a connection that goes on over one node end on the others. Nodes hear of it within half a
 * second; one that does not, as Redis is away, keeps the older line until that breaks by itself.
 */
public interface Moves {
  /** Of a node that has no others. */
  Moves NONE =
      new Moves() {
        @Override
        public boolean isElsewhere(AppId app, String connectionId) {
          return false;
        }

        @Override
        public void tell(Move move) {}

        @Override
        public void listen(Listener listener) {}
      };

  /** The connections of this node. Called on any thread; must not wait. */
  interface Listener {
    /** Whether this line is here still, so that others are to be told of it. */
    boolean has(Move move);

    /** Another node has told: whatever is here of an older turn, or of the same, ends. */
    void wentOn(Move move);
  }

  /**
   * Whether another live node has told that the app has this connection there: then one of its
   * tenant's places is taken for it. As it was a second or two ago: waits so long for a connection
   * that may be younger. False while nobody can say.
   */
  boolean isElsewhere(AppId app, String connectionId);

  /** It goes on here. Never waits. */
  void tell(Move move);

  void listen(Listener listener);
}
