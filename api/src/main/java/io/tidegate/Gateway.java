package io.tidegate;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tidegate.account.store.JdbcLinks;
import io.tidegate.demo.Banner;
import io.tidegate.demo.DemoKey;
import io.tidegate.demo.DemoTenant;
import io.tidegate.node.Node;
import io.tidegate.postgres.EmbeddedPostgresServer;
import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import io.tidegate.settings.TlsFiles;
import io.tidegate.tenant.store.JdbcInstallation;
import io.tidegate.tls.PublicCertificate;
import io.tidegate.webhook.send.Guard;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One running gateway: its own database, if it has one, then the context, then the server; stopped
 * in the opposite order.
 */
public final class Gateway implements AutoCloseable {
  private final Settings settings;
  private final Ports ports;
  private final @Nullable EmbeddedPostgresServer postgres;
  private final ApplicationContext context;
  private final Optional<DemoKey> demo;

  private Gateway(
      Settings settings,
      Ports ports,
      @Nullable EmbeddedPostgresServer postgres,
      ApplicationContext context,
      Optional<DemoKey> demo) {
    this.settings = settings;
    this.ports = ports;
    this.postgres = postgres;
    this.context = context;
    this.demo = demo;
  }

  /** Returns when requests are answered. */
  public static Gateway start(Settings settings) {
    TlsFiles tls = settings.tls();
    if (tls != null) {
      PublicCertificate.check(tls);
    }
    Guard.check(settings.webhookAllow());
    Ports ports = Ports.free(settings);
    Database external = settings.database();
    if (external != null) {
      return serve(settings, ports, null, external);
    }
    EmbeddedPostgresServer postgres =
        EmbeddedPostgresServer.start(settings.data().resolve("postgres"));
    try {
      return serve(
          settings,
          ports,
          postgres,
          new Database(postgres.jdbcUrl(), postgres.user(), postgres.password()));
    } catch (RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  public ApplicationContext context() {
    return context;
  }

  public int port() {
    return ports.gateway();
  }

  public int managementPort() {
    return ports.management();
  }

  /** The demo app's key, when there is one. */
  public Optional<DemoKey> demo() {
    return demo;
  }

  /** What to tell whoever started it. */
  Banner banner() {
    String version = Gateway.class.getPackage().getImplementationVersion();
    return new Banner(
        settings,
        version == null ? "(development)" : version,
        port(),
        managementPort(),
        demo,
        link());
  }

  /** Where the database is this very start's, whoever reads the banner has all of it anyway. */
  private Optional<String> link() {
    return settings.embedsDatabase()
        ? Optional.of(context.getBean(JdbcLinks.class).make())
        : Optional.empty();
  }

  @Override
  public void close() {
    context.getBean(Node.class).drain();
    context.close();
    if (postgres != null) {
      postgres.close();
    }
  }

  private static Gateway serve(
      Settings settings,
      Ports ports,
      @Nullable EmbeddedPostgresServer postgres,
      Database database) {
    ApplicationContext context = context(settings, ports, database);
    try {
      context.getBean(JdbcInstallation.class).checkMasterKey();
      Optional<DemoKey> demo = context.getBean(DemoTenant.class).ensure();
      Node node = context.getBean(Node.class);
      node.begin();
      context.getBean(EmbeddedServer.class).start();
      node.ready();
      return new Gateway(settings, ports, postgres, context, demo);
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  /** All beans over a migrated database, but no server yet. */
  static ApplicationContext context(Settings settings, Ports ports, Database database) {
    return ApplicationContext.builder(Application.class)
        .banner(false)
        .deduceEnvironment(false)
        .eagerInitSingletons(false)
        .singletons(settings)
        .properties(properties(settings, ports, database))
        .start();
  }

  private static Map<String, Object> properties(Settings settings, Ports ports, Database database) {
    String listener = "micronaut.server.netty.listeners.";
    return Map.ofEntries(
        Map.entry("micronaut.server.host", settings.host()),
        Map.entry("micronaut.server.port", ports.gateway()),
        Map.entry(listener + "gateway.host", settings.host()),
        Map.entry(listener + "gateway.port", ports.gateway()),
        Map.entry(listener + "gateway.ssl", settings.tls() != null),
        Map.entry(listener + "gateway.key-name", PublicCertificate.NAME),
        Map.entry("micronaut.server.ssl.enabled", settings.tls() != null),
        Map.entry(listener + "management.host", settings.managementHost()),
        Map.entry(listener + "management.port", ports.management()),
        Map.entry(listener + "management.expose-default-routes", false),
        Map.entry("endpoints.all.port", ports.management()),
        Map.entry("datasources.default.maximum-pool-size", settings.pools().controlPlane()),
        Map.entry("datasources.default.url", database.jdbcUrl()),
        Map.entry("datasources.default.username", database.user()),
        Map.entry("datasources.default.password", database.password()));
  }
}
