package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what begins and ends on this node, behind the change itself. Any thread; never waits. Who
 * tells asks {@link #follows} first, which is all it costs where nobody wants to know.
 */
public interface Witness {
  /** Whom nobody asks for anything. */
  Witness NONE =
      new Witness() {
        @Override
        public boolean follows(AppId app, Kind kind) {
          return false;
        }

        @Override
        public void came(Fact fact, @Nullable Holding holding) {}

        @Override
        public void left(Fact fact, Duration grace) {}
      };

  /** Whether some webhook may want to know; true as long as that has not been read. */
  boolean follows(AppId app, Kind kind);

  /**
   * It is here, or is another now.
   *
   * @param holding what is told even if it is gone again at once; null: nothing then
   */
  void came(Fact fact, @Nullable Holding holding);

  /**
   * It may be gone from here.
   *
   * @param grace for so long it may come back anywhere, and was never away then
   */
  void left(Fact fact, Duration grace);
}
