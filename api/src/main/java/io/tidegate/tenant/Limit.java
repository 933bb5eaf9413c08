package io.tidegate.tenant;

import org.jspecify.annotations.Nullable;

/** What can be limited per tenant; null is unlimited. Order and names are the contract's. */
public enum Limit {
  CONNECTIONS("connections"),
  CONNECTIONS_PER_SECOND("connectionsPerSecond"),
  PUBLISHES_PER_SECOND("publishesPerSecond"),
  PUBLISH_BURST("publishBurst"),
  DELIVERIES_PER_SECOND("deliveriesPerSecond"),
  CHANNELS("channels"),
  SUBSCRIPTIONS_PER_CONNECTION("subscriptionsPerConnection"),
  INBOUND_MESSAGES_PER_SECOND("inboundMessagesPerSecond"),
  INBOUND_BYTES_PER_SECOND("inboundBytesPerSecond"),
  MAX_MESSAGE_BYTES("maxMessageBytes", 1, 65_536, 65_536L),
  MAX_BATCH_MESSAGES("maxBatchMessages", 1, 100, 100L),
  PRESENCE_MEMBERS_PER_CHANNEL("presenceMembersPerChannel"),
  HISTORY_DAYS("historyDays"),
  STORED_BYTES("storedBytes"),
  WEBHOOKS_PER_SECOND("webhooksPerSecond"),
  REQUESTS_PER_SECOND_PER_KEY("requestsPerSecondPerKey"),
  REQUESTS_PER_SECOND_PER_IP("requestsPerSecondPerIp");

  /** The largest whole number that every JSON reader keeps exactly. */
  private static final long MAX_SAFE = (1L << 53) - 1;

  private final String wireName;
  private final long min;
  private final long max;
  private final @Nullable Long initial;

  Limit(String wireName) {
    this(wireName, 0, MAX_SAFE, null);
  }

  Limit(String wireName, long min, long max, @Nullable Long initial) {
    this.wireName = wireName;
    this.min = min;
    this.max = max;
    this.initial = initial;
  }

  public String wireName() {
    return wireName;
  }

  public long min() {
    return min;
  }

  public long max() {
    return max;
  }

  /** What a tenant has that was given nothing else. */
  public @Nullable Long initial() {
    return initial;
  }
}
