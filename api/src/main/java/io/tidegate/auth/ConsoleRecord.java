package io.tidegate.auth;

import io.tidegate.tenant.Actor;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.store.JdbcAudit;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The record of what people do to an app's data plane. What a key does is its backend's to note: it
 * is no person, and may do it a thousand times a second.
 */
@Singleton
public class ConsoleRecord {
  private final JdbcAudit audit;

  ConsoleRecord(JdbcAudit audit) {
    this.audit = audit;
  }

  /** Who asks, as the record names them. */
  public static Caller caller(AppPrincipal who, String requestId) {
    String shown = who.clientId();
    Actor actor =
        who.isConsole() && shown != null
            ? new Actor(Actor.Kind.ACCOUNT, ConsoleTokens.accountOf(shown), null)
            : new Actor(Actor.Kind.KEY, who.key().toString(), null);
    return new Caller(actor, Role.VIEWER, who.tenant(), requestId);
  }

  /**
   * Notes what a person does; nothing for a key.
   *
   * @param kind of target, as the contract has it
   */
  public void note(
      AppPrincipal who,
      String requestId,
      String action,
      String kind,
      String id,
      Map<String, ?> details) {
    if (who.isConsole()) {
      Map<String, Object> after = new LinkedHashMap<>();
      after.put("appId", who.app().value());
      after.putAll(details);
      audit.append(
          caller(who, requestId),
          who.tenant(),
          action,
          new JdbcAudit.Target(kind, id),
          null,
          after);
    }
  }
}
