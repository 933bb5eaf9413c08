package io.tidegate.channel;

import java.util.UUID;

/** A tenant's id: a UUID (version 7, so that ids sort by age), text on every interface. */
public record TenantId(UUID value) {
  public static boolean isValid(String text) {
    if (text.length() != 36) {
      return false;
    }
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
