package io.tidegate.tenant;

import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;

/** What all nodes are told to do. Carrying one out twice, or late, does no harm. */
public sealed interface Command {
  TenantId tenant();

  /** The app, its keys or its settings are others, or it is gone. */
  record AppChanged(TenantId tenant, AppId app) implements Command {}

  /** So are its namespaces: which store a channel belongs to may be another one soon. */
  record RulesChanged(TenantId tenant, AppId app) implements Command {}

  record LimitsChanged(TenantId tenant) implements Command {}

  /** Tokens of the app were revoked. */
  record TokensRevoked(TenantId tenant, AppId app) implements Command {}

  /** One connection of the app is to end. */
  record EndConnection(TenantId tenant, AppId app, String connectionId) implements Command {}

  /** All connections that a client of the app has at that time are to end. */
  record EndClient(TenantId tenant, AppId app, String clientId) implements Command {}
}
