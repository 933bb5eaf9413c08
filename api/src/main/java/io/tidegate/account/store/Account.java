package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.tidegate.account.AccountId;
import io.tidegate.account.Email;
import io.tidegate.tenant.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param passwordHash in the PHC string format; null where none was set
 */
@MappedEntity("accounts")
public record Account(
    @Id UUID id, @Nullable String email, String name, @Nullable String passwordHash) {
  public AccountId accountId() {
    return new AccountId(id);
  }

  public @Nullable Email emailRead() {
    return email == null ? null : new Email(email);
  }

  public Actor actor() {
    return new Actor(Actor.Kind.ACCOUNT, id.toString(), name);
  }

  /** The hash is no one's to see. */
  @Override
  public String toString() {
    return "Account[" + id + "]";
  }
}
