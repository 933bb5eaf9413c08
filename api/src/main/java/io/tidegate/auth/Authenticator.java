package io.tidegate.auth;

import io.tidegate.channel.AppId;
import io.tidegate.problem.Steps;

/**
 * Turns credentials into principals. May read the database: called on virtual threads. Every method
 * throws {@code RefusedException} with a row of the 401 family, or STORE_UNAVAILABLE when the key
 * is not known here and PostgreSQL is away. REST and the subscribe edges use this same port.
 */
public interface Authenticator {
  /** {@code Authorization: Basic}: the key as {@code appId.keyId:secret}, already decoded. */
  AppPrincipal key(String nameAndSecret);

  /**
   * {@code ?key=}: a key name without its secret. The principal has no rights at all; only what a
   * namespace makes public is open to it, to subscribe.
   */
  AppPrincipal keyName(String keyName);

  /** {@code Authorization: Bearer}, or an {@code auth} frame: a JWT signed with a key. */
  AppPrincipal token(String jwt);

  /** A ticket on its first use; a second use is TICKET_SPENT. */
  Ticket ticket(String jwt);

  /**
   * A ticket on a reconnect of the SSE stream that it opened: the edge has verified that the
   * request carries a {@code Last-Event-ID} made for the same app and channels. Good until the
   * token that the ticket stands for expires or is revoked.
   */
  Ticket reopen(String jwt);

  /**
   * Whether what this principal was built from is still in force: key not revoked, expired or
   * narrowed, token not revoked, app not deleted. Returns it with its rights as they are now.
   */
  AppPrincipal recheck(AppPrincipal principal);

  /**
   * What any of these would make of an app's credential, told step by step; nothing is used up or
   * noted. Another app's is one that nobody has.
   */
  AppPrincipal tell(AppId app, String credential, Steps steps);

  /**
   * @param id the ticket's own id: one open stream at a time has it
   */
  record Ticket(String id, AppPrincipal principal) {}
}
