package io.tidegate.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an installation can be told, read once at start.
 *
 * @param data where the embedded database and secrets made here are kept
 * @param database null: the embedded one is started
 * @param redisUrl null: a single node
 * @param pools how many connections to PostgreSQL, and for what
 * @param throttle what limits addresses and keys, whoever their tenant is
 * @param demo whether to set up the demo tenant
 * @param logging how the log is written
 * @param newcomersPerAddress how many connections of one address may be without a credential at a
 *     time; 0: any number
 * @param overload what this node takes on before it says no
 * @param tls null: the public port speaks plain HTTP
 * @param proxies what stands in front
 * @param otlp where traces go; null: none are made
 * @param webhookAllow where webhooks may go besides public addresses over https
 */
public record Settings(
    String host,
    int port,
    String managementHost,
    int managementPort,
    Path data,
    @Nullable Database database,
    PoolSizes pools,
    @Nullable String redisUrl,
    Secret operatorToken,
    MasterKey masterKey,
    Throttle throttle,
    boolean demo,
    Logging logging,
    int newcomersPerAddress,
    Overload overload,
    @Nullable TlsFiles tls,
    Proxies proxies,
    @Nullable Otlp otlp,
    WebhookAllow webhookAllow) {

  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_MANAGEMENT_PORT = 8081;
  private static final int DEFAULT_NEWCOMERS = 1_000;
  private static final int MAX_NEWCOMERS = 1_000_000;
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Reads {@code TIDEGATE_*}. Makes missing secrets when the embedded database is used.
   *
   * @throws SettingsException with one line that says what is wrong
   */
  public static Settings read(Map<String, String> environment) {
    return read(environment, true);
  }

  /**
   * The same for whoever only looks: secrets that a start would make are not kept.
   *
   * @throws SettingsException with one line that says what is wrong
   */
  public static Settings inspect(Map<String, String> environment) {
    return read(environment, false);
  }

  /**
   * The master keys before and after a rotation.
   *
   * @param kept where the old one is kept and the new one goes; null when both are only given
   */
  public record Rotation(MasterKey from, MasterKey to, @Nullable SecretFiles kept) {
    /** Puts the new key where a start looks for it. */
    public void keep() {
      if (kept != null) {
        kept.write(Secrets.MASTER_KEY_FILE, Base64.getEncoder().encodeToString(to.bytes()));
      }
    }
  }

  /**
   * @throws SettingsException when there is no good {@code TIDEGATE_NEW_MASTER_KEY}
   */
  public Rotation rotation(Map<String, String> environment) {
    Secrets secrets =
        new Secrets(new Variables(environment), database == null ? secretFiles() : null, false);
    return new Rotation(
        masterKey, secrets.newMasterKey(), secrets.keepsMasterKey() ? secretFiles() : null);
  }

  private static Settings read(Map<String, String> environment, boolean keep) {
    Variables variables = new Variables(environment);
    Path data = folder(variables.get("TIDEGATE_DATA", "data"));
    Database database = database(variables);
    Secrets secrets = new Secrets(variables, database == null ? secretFiles(data) : null, keep);
    String host = host(variables, "TIDEGATE_HOST", LOOPBACK);
    int port = variables.port("TIDEGATE_PORT", DEFAULT_PORT);
    int managementPort = variables.port("TIDEGATE_MANAGEMENT_PORT", DEFAULT_MANAGEMENT_PORT);
    if (port == managementPort && port != 0) {
      throw new SettingsException("TIDEGATE_PORT and TIDEGATE_MANAGEMENT_PORT are the same");
    }
    return new Settings(
        host,
        port,
        host(variables, "TIDEGATE_MANAGEMENT_HOST", LOOPBACK),
        managementPort,
        data,
        database,
        PoolSizes.read(variables),
        redisUrl(variables),
        secrets.operatorToken(),
        secrets.masterKey(),
        Throttle.read(variables),
        variables.flag("TIDEGATE_DEMO", database == null),
        Logging.read(variables),
        variables.number("TIDEGATE_NEWCOMERS_PER_ADDRESS", DEFAULT_NEWCOMERS, MAX_NEWCOMERS),
        Overload.read(variables),
        TlsFiles.read(variables),
        Proxies.read(variables),
        Otlp.read(variables),
        WebhookAllow.read(variables));
  }

  public boolean embedsDatabase() {
    return database == null;
  }

  /** Where secrets that are made here are kept. */
  public SecretFiles secretFiles() {
    return secretFiles(data);
  }

  private static SecretFiles secretFiles(Path data) {
    return new SecretFiles(data.resolve("secrets"));
  }

  private static @Nullable Database database(Variables variables) {
    String url = variables.secret("TIDEGATE_DATABASE_URL");
    String user = variables.get("TIDEGATE_DATABASE_USER");
    String password = variables.secret("TIDEGATE_DATABASE_PASSWORD");
    if (url == null && (user != null || password != null)) {
      throw new SettingsException(
          "TIDEGATE_DATABASE_USER or PASSWORD is set without TIDEGATE_DATABASE_URL");
    }
    return url == null ? null : Database.parse(url, user, password);
  }

  private static @Nullable String redisUrl(Variables variables) {
    String url = variables.secret("TIDEGATE_REDIS_URL");
    if (url != null && !url.matches("rediss?://[^,]+(,rediss?://[^,]+)*")) {
      throw new SettingsException(
          "TIDEGATE_REDIS_URL is not redis://host:6379, nor several for a cluster, with commas");
    }
    return url;
  }

  private static String host(Variables variables, String name, String otherwise) {
    return variables.checked(
        name, otherwise, host -> host.matches("[A-Za-z0-9.:_-]+"), "is not a host name or address");
  }

  private static Path folder(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new SettingsException("TIDEGATE_DATA is not a folder's path");
    }
  }
}
