package io.tidegate.webhook;

import io.tidegate.channel.AppId;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The webhooks of apps that are served, from memory when the app is known; else it may wait. */
public interface Webhooks {
  /**
   * All of the app's, those that are not enabled too.
   *
   * @throws RefusedException STORE_UNAVAILABLE when they cannot be read
   */
  List<Webhook> of(AppId app);

  /** The one, empty when it, its app or its tenant was deleted. */
  default Optional<Webhook> find(AppId app, UUID id) {
    return of(app).stream().filter(one -> one.id().equals(id)).findFirst();
  }
}
