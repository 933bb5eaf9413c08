package io.tidegate.limit;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Namespace;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.problem.Steps;
import io.tidegate.tenant.Limit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client's limits would say now, told one by one. Nothing is taken of a rate, counted or
 * warned of, so what is asked really may find it otherwise.
 */
public final class Forecast {
  private final ClientQuota quota;
  private final Steps steps;

  public Forecast(ClientQuota quota, Steps steps) {
    this.quota = quota;
    this.steps = steps;
  }

  /**
   * A publish of one message.
   *
   * @throws RefusedException of the first limit that is reached
   */
  public void publish(ChannelId channel, Namespace rules, int messageBytes) {
    int most = quota.least(Limit.MAX_MESSAGE_BYTES, rules.maxMessageBytes());
    if (messageBytes > most) {
      throw quota.oversize(rules, most);
    }
    steps.passed(Step.MESSAGE_BYTES, rules.has("maxMessageBytes " + rules.maxMessageBytes()));
    passed(Limit.MAX_MESSAGE_BYTES, null);
    channel(channel);
    Optional<Standing> standing = quota.tenant().publishing();
    if (standing.isPresent() && standing.get().left() < 1) {
      throw by(Limit.PUBLISHES_PER_SECOND, quota.tenant().publishesTooFast());
    }
    passed(Limit.PUBLISHES_PER_SECOND, standing.map(now -> now.left() + " left").orElse(null));
  }

  /**
   * A connection that subscribes.
   *
   * @throws RefusedException of the first limit that is reached
   */
  public void subscribe(ChannelId channel) {
    Long most = quota.least(Limit.CONNECTIONS);
    if (most != null && !quota.tenant().hasRoom()) {
      throw by(Limit.CONNECTIONS, TenantQuota.full(most));
    }
    passed(Limit.CONNECTIONS, quota.tenant().connections() + " open");
    channel(channel);
    passed(Limit.SUBSCRIPTIONS_PER_CONNECTION, null);
  }

  /** Whatever needs the channel. */
  public void channel(ChannelId channel) {
    Long most = quota.least(Limit.CHANNELS);
    if (most != null && !quota.tenant().channels().wouldOpen(channel, most)) {
      throw by(Limit.CHANNELS, OpenChannels.full(most));
    }
    passed(Limit.CHANNELS, null);
  }

  private void passed(Limit limit, @Nullable String now) {
    steps.passed(Step.LIMIT, rule(limit) + (now == null ? "" : ", " + now));
  }

  private RefusedException by(Limit limit, RefusedException refused) {
    return refused.by(Step.LIMIT, rule(limit));
  }

  private String rule(Limit limit) {
    Long most = quota.least(limit);
    return "limit " + limit.wireName() + " is " + (most == null ? "none" : most);
  }
}
