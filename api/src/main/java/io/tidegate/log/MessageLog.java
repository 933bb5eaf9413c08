package io.tidegate.log;

import io.tidegate.channel.ChannelStore;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import java.util.concurrent.CompletionStage;

/** The port to the durable store. Trusts its callers: rights, limits and rules were checked. */
public interface MessageLog {
  /**
   * What the log holds of one tenant: nothing of another is read there, whatever is asked for.
   * Views of the same tenant are equal; making one costs nothing.
   */
  ChannelStore of(TenantId tenant);

  /**
   * What is held of a tenant's messages, as {@code Message.storedBytes} counts: up to date with
   * every commit, with every channel that ended or was renewed, and with retention as it is carried
   * out. Fails like a read.
   */
  long storedBytes(TenantId tenant);

  /**
   * Appends one unit, all or nothing. Completes after COMMIT; units of one channel given one after
   * the other are committed in that order. {@code keep} decides how long the rows stay.
   *
   * <p>Fails with {@code RefusedException}: MESSAGE_ID_REUSED (the same id with another body),
   * PUBLISH_QUEUE_FULL and STORE_UNAVAILABLE (certainly not stored, come back), DURABLE_UNAVAILABLE
   * (the database is not set up to keep promises), RULES_UNKNOWN (the channel has left the log),
   * OUTCOME_UNKNOWN (stored at most once: again with the same id).
   *
   * @param onCommit called with the answer on the committing thread, in commit order per channel,
   *     before the stage completes; must not wait
   */
  CompletionStage<Published> append(
      PublishUnit unit, Retention keep, java.util.function.Consumer<Published> onCommit);
}
