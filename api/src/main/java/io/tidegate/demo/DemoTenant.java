package io.tidegate.demo;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Durability;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.settings.SecretFiles;
import io.tidegate.settings.Settings;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.AppEntry;
import io.tidegate.tenant.store.IfMatch;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcKeys;
import io.tidegate.tenant.store.JdbcNamespaces;
import io.tidegate.tenant.store.JdbcTenants;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.tenant.store.Tenant;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo tenant: made by the first start that wants one, found again by later ones through the
 * key kept with the installation's secrets.
 */
@Singleton
public class DemoTenant {
  private static final String FILE = "demo-key";

  /** Who comes an hour late still sees enough to understand. */
  private static final Namespace.Span WINDOW = new Namespace.Span(1_000, 3_600);

  private static final Namespace.Span REWIND = new Namespace.Span(200, 86_400);

  private final Settings settings;
  private final Directory directory;
  private final JdbcWork work;
  private final JdbcTenants tenants;
  private final JdbcApps apps;
  private final JdbcKeys keys;
  private final JdbcNamespaces namespaces;

  /** Empty until {@link #ensure}, and without a demo. */
  private volatile Optional<DemoKey> key = Optional.empty();

  DemoTenant(
      Settings settings,
      Directory directory,
      JdbcWork work,
      JdbcTenants tenants,
      JdbcApps apps,
      JdbcKeys keys,
      JdbcNamespaces namespaces) {
    this.settings = settings;
    this.directory = directory;
    this.work = work;
    this.tenants = tenants;
    this.apps = apps;
    this.keys = keys;
    this.namespaces = namespaces;
  }

  /** The demo key of a gateway that is up; empty when it has no demo. */
  public Optional<DemoKey> key() {
    return key;
  }

  /** The demo key, made with all else when there is none; empty when no demo is wanted. */
  public synchronized Optional<DemoKey> ensure() {
    if (!settings.demo()) {
      return Optional.empty();
    }
    SecretFiles files = settings.secretFiles();
    DemoKey kept = DemoKey.parse(files.read(FILE));
    if (kept == null || directory.key(kept.name()).isEmpty()) {
      kept = work.write(Reach.EVERYTHING, this::make);
      files.write(FILE, kept.credential());
    }
    key = Optional.of(kept);
    return key;
  }

  private DemoKey make() {
    Tenant tenant = tenants.create(Caller.SYSTEM, "Demo", Limits.INITIAL);
    AppEntry app = apps.create(Caller.SYSTEM, tenant.tenantId(), "demo", List.of("*"));
    for (Namespace namespace :
        List.of(
            namespace("stocks", Durability.DURABLE),
            namespace("quakes", Durability.WINDOW),
            namespace("demo", Durability.DURABLE))) {
      namespaces.put(Caller.SYSTEM, app.appId(), IfMatch.ANY, namespace);
    }
    Capabilities all =
        new Capabilities(Map.of(new ChannelPattern("*"), EnumSet.allOf(Operation.class)));
    JdbcKeys.Created key = keys.create(Caller.SYSTEM, app.appId(), "demo", all, null);
    return new DemoKey(new KeyName(app.appId(), key.key().keyId()), key.secret());
  }

  /** The default rules over {@code name:*}, with more of the past. */
  private static Namespace namespace(String name, Durability durability) {
    Namespace rules = Namespace.DEFAULT;
    return new Namespace(
        name,
        new ChannelPattern(name + ":*"),
        durability,
        WINDOW,
        rules.retentionDays(),
        REWIND,
        rules.maxMessageBytes(),
        rules.open(),
        rules.clientPublish(),
        rules.presence(),
        rules.conflate(),
        rules.requireClientId());
  }
}
