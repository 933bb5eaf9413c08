package io.tidegate.webhook.source;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Message;
import io.tidegate.log.Witness;
import io.tidegate.webhook.Event;
import io.tidegate.webhook.Webhooks;
import io.tidegate.webhook.store.JdbcEventRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queues what the log stores for the webhooks that want it, in the transaction that stores it. A
 * subject's lock is taken behind those of all channels of a batch, and nothing of the log's is
 * waited for behind it: so batches never wait for each other in a circle.
 */
public final class JdbcLogWitness implements Witness {
  private final Wanting wanting;
  private final JdbcEventRows rows;

  public JdbcLogWitness(Webhooks webhooks) {
    this.wanting = new Wanting(webhooks);
    this.rows = new JdbcEventRows(webhooks);
  }

  @Override
  public boolean wants(ChannelId channel) {
    return wanting.isWanted(channel);
  }

  @Override
  public void stored(@Nullable Connection connection, List<Stored> stored) throws SQLException {
    List<Event> events = new ArrayList<>();
    for (Stored unit : stored) {
      for (Message message : unit.messages()) {
        events.add(MessageEvents.of(unit.channel(), unit.epoch(), message));
      }
    }
    rows.write(Objects.requireNonNull(connection), events);
  }
}
