package io.tidegate.tenant.store;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Command;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is kept.
 *
 * @param target a connection or a client
 */
record CommandRow(String kind, UUID tenant, @Nullable Long app, @Nullable String target) {
  private static final String APP = "app";
  private static final String RULES = "rules";
  private static final String LIMITS = "limits";
  private static final String TOKENS = "tokens";
  private static final String CONNECTION = "connection";
  private static final String CLIENT = "client";

  static CommandRow of(Command command) {
    UUID tenant = command.tenant().value();
    return switch (command) {
      case Command.AppChanged it -> new CommandRow(APP, tenant, it.app().number(), null);
      case Command.RulesChanged it -> new CommandRow(RULES, tenant, it.app().number(), null);
      case Command.LimitsChanged it -> new CommandRow(LIMITS, tenant, null, null);
      case Command.TokensRevoked it -> new CommandRow(TOKENS, tenant, it.app().number(), null);
      case Command.EndConnection it ->
          new CommandRow(CONNECTION, tenant, it.app().number(), it.connectionId());
      case Command.EndClient it -> new CommandRow(CLIENT, tenant, it.app().number(), it.clientId());
    };
  }

  /** Null when it is of a kind that a newer version knows. */
  @Nullable Command command() {
    TenantId of = new TenantId(tenant);
    return switch (kind) {
      case APP -> new Command.AppChanged(of, appId());
      case RULES -> new Command.RulesChanged(of, appId());
      case LIMITS -> new Command.LimitsChanged(of);
      case TOKENS -> new Command.TokensRevoked(of, appId());
      case CONNECTION -> new Command.EndConnection(of, appId(), Objects.requireNonNull(target));
      case CLIENT -> new Command.EndClient(of, appId(), Objects.requireNonNull(target));
      default -> null;
    };
  }

  private AppId appId() {
    return new AppId(Long.toString(Objects.requireNonNull(app)));
  }
}
