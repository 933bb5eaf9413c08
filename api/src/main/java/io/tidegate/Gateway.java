package io.tidegate;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tidegate.postgres.EmbeddedPostgresServer;
import io.tidegate.settings.Database;
import io.tidegate.settings.Settings;
import io.tidegate.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running gateway: its own database, if it has one, then the context, then the server; stopped
 * in the opposite order.
 */
public final class Gateway implements AutoCloseable {
  private final @Nullable EmbeddedPostgresServer postgres;
  private final ApplicationContext context;

  private Gateway(@Nullable EmbeddedPostgresServer postgres, ApplicationContext context) {
    this.postgres = postgres;
    this.context = context;
  }

  /** Returns when requests are answered. */
  public static Gateway start(Settings settings) {
    if (settings.redisUrl() != null) {
      throw new SettingsException(
          "TIDEGATE_REDIS_URL is set, but this version runs as a single node: unset it");
    }
    Database external = settings.database();
    if (external != null) {
      return new Gateway(null, serve(settings, external));
    }
    EmbeddedPostgresServer postgres =
        EmbeddedPostgresServer.start(settings.data().resolve("postgres"));
    try {
      Database embedded = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password());
      return new Gateway(postgres, serve(settings, embedded));
    } catch (RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  public ApplicationContext context() {
    return context;
  }

  public int port() {
    return context.getBean(EmbeddedServer.class).getPort();
  }

  @Override
  public void close() {
    context.close();
    if (postgres != null) {
      postgres.close();
    }
  }

  private static ApplicationContext serve(Settings settings, Database database) {
    ApplicationContext context =
        ApplicationContext.builder(Application.class)
            .banner(false)
            .deduceEnvironment(false)
            .eagerInitSingletons(false)
            .singletons(settings)
            .properties(properties(settings, database))
            .start();
    try {
      context.getBean(EmbeddedServer.class).start();
      return context;
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  private static Map<String, Object> properties(Settings settings, Database database) {
    Map<String, Object> properties = new HashMap<>();
    String listeners = "micronaut.server.netty.listeners.";
    properties.put("micronaut.server.host", settings.host());
    properties.put("micronaut.server.port", settings.port());
    properties.put(listeners + "gateway.host", settings.host());
    properties.put(listeners + "gateway.port", settings.port());
    properties.put(listeners + "management.host", settings.managementHost());
    properties.put(listeners + "management.port", settings.managementPort());
    properties.put(listeners + "management.expose-default-routes", false);
    properties.put("endpoints.all.port", settings.managementPort());
    properties.put("datasources.default.url", database.jdbcUrl());
    properties.put("datasources.default.username", database.user());
    properties.put("datasources.default.password", database.password());
    return properties;
  }
}
