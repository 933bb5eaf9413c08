package io.tidegate.limit;

import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.Grant;
import io.tidegate.allowance.Rate;
import io.tidegate.channel.Namespace;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What one client may: its tenant's limits, and those its token narrows. Follows changes of the
 * tenant's by itself. Any thread; only {@link #requirePublish} may wait.
 */
public final class ClientQuota {
  private final TenantQuota tenant;
  private final Limits own;

  /** What its own rate of publishes is taken from; null when its token has none. */
  private final @Nullable Bucket publishes;

  ClientQuota(TenantQuota tenant, Limits own, @Nullable Bucket publishes) {
    this.tenant = tenant;
    this.own = own;
    this.publishes = publishes;
  }

  public TenantQuota tenant() {
    return tenant;
  }

  /** The smaller of both; null when neither limits it. */
  public @Nullable Long least(Limit limit) {
    Long all = tenant.limits().get(limit);
    Long mine = own.get(limit);
    return all == null || (mine != null && mine < all) ? mine : all;
  }

  /** The same where the gateway itself, or a namespace, has a limit too. */
  public int least(Limit limit, int otherwise) {
    Long least = least(limit);
    return least == null ? otherwise : (int) Math.min(least, otherwise);
  }

  /**
   * Takes one unit of messages of the rates, all or nothing.
   *
   * @throws RefusedException PUBLISH_RATE_EXCEEDED; BATCH_TOO_LARGE when so many never pass
   */
  public void requirePublish(int messages) {
    int most = least(Limit.MAX_BATCH_MESSAGES, Integer.MAX_VALUE);
    if (messages > most) {
      throw refuse(
          Limit.MAX_BATCH_MESSAGES,
          Refusal.BATCH_TOO_LARGE,
          "an array may have " + most + " messages (maxBatchMessages)");
    }
    Long perSecond = own.get(Limit.PUBLISHES_PER_SECOND);
    if (publishes == null || perSecond == null) {
      tenant.requirePublish(messages);
      return;
    }
    takeOwn(publishes, messages, Rate.perSecond(perSecond));
    try {
      tenant.requirePublish(messages);
    } catch (RefusedException refused) {
      publishes.giveBack(messages);
      throw refused;
    }
  }

  private void takeOwn(Bucket bucket, int messages, Rate rate) {
    if (messages > rate.burst()) {
      throw refuse(
          Limit.PUBLISHES_PER_SECOND,
          Refusal.BATCH_TOO_LARGE,
          "the token may publish " + rate.burst() + " messages at once (publishesPerSecond)");
    }
    Grant grant = bucket.ask(messages, rate);
    if (!grant.granted()) {
      throw tenant
          .watch()
          .refuse(
              Limit.PUBLISHES_PER_SECOND,
              RefusedException.retryAfter(
                      Refusal.PUBLISH_RATE_EXCEEDED,
                      "the token may publish "
                          + rate.perSecond()
                          + " messages per second (publishesPerSecond)",
                      grant.retryAfterMillis())
                  .by(Step.LIMIT, "limit publishesPerSecond of the token"));
    }
  }

  /**
   * A refusal of what is over a size or count that its caller knows; counted.
   *
   * @param detail names the limit and its value
   */
  public RefusedException refuse(Limit limit, Refusal refusal, String detail) {
    return tenant.watch().refuse(limit, new RefusedException(refusal, detail));
  }

  /**
   * What refuses a message that is too large.
   *
   * @param most the least of what limits it, which the namespace does too
   */
  public RefusedException oversize(Namespace rules, int most) {
    RefusedException refused =
        new RefusedException(
            Refusal.MESSAGE_TOO_LARGE,
            "data, name and headers of a message have at most "
                + most
                + " bytes here (maxMessageBytes)");
    Long limit = least(Limit.MAX_MESSAGE_BYTES);
    boolean ofNamespace = limit == null || rules.maxMessageBytes() < limit;
    return ofNamespace
        ? refused.by(Step.MESSAGE_BYTES, rules.has("maxMessageBytes " + most))
        : refused.by(Step.LIMIT, "limit maxMessageBytes is " + most);
  }

  /** The same, counted, as every refusal on its way. */
  public RefusedException refuse(Limit limit, RefusedException refusal) {
    return tenant.watch().refuse(limit, refusal);
  }
}
