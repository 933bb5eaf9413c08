package io.tidegate.account;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** A person's id: a UUID (version 7), text on every interface. */
public record AccountId(UUID value) {
  public static AccountId create() {
    return new AccountId(UuidCreator.getTimeOrderedEpoch());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
