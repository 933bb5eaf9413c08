package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What this node has, as it is now: what counts when callbacks came late or in no order. */
public interface Inventory {
  /** Null when it has none of it. Never waits. */
  @Nullable Holding find(Fact fact);

  /**
   * Tells of everything of an app.
   *
   * @param app null: of every app
   */
  void visit(@Nullable AppId app, BiConsumer<Fact, Holding> visitor);
}
