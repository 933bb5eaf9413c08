package io.tidegate.webhook;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What webhooks can be told. Order and names are the contract's. */
public enum EventType {
  CHANNEL_OCCUPIED("channel.occupied"),
  CHANNEL_VACATED("channel.vacated"),
  MEMBER_ADDED("member.added"),
  MEMBER_UPDATED("member.updated"),
  MEMBER_REMOVED("member.removed"),
  MESSAGE_PUBLISHED("message.published"),
  CONNECTION_OPENED("connection.opened"),
  CONNECTION_CLOSED("connection.closed"),
  LIMIT_WARNING("limit.warning");

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::wireName, Function.identity()));

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Null when there is none of that name. */
  public static @Nullable EventType ofWireName(String name) {
    return BY_NAME.get(name);
  }
}
