package io.tidegate;

import io.tidegate.cli.Cli;
import io.tidegate.logging.Logs;
import io.tidegate.postgres.DatabaseStartException;
import io.tidegate.settings.Logging;
import io.tidegate.settings.Settings;
import io.tidegate.settings.SettingsException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The gateway process. */
public final class Application {
  /** What sysexits(3) calls a configuration error: a supervisor need not try again at once. */
  private static final int EXIT_CONFIGURATION = 78;

  private Application() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      Logs.apply(new Logging(false, Logging.Level.WARN, false));
      System.exit(Cli.run(args, System.getenv(), System.out));
    }
    try {
      Settings settings = Settings.read(System.getenv());
      Logs.apply(settings.logging());
      Gateway gateway = Gateway.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
      long since = ManagementFactory.getRuntimeMXBean().getUptime();
      announce(settings, gateway, since);
    } catch (RuntimeException e) {
      String reason = reason(e);
      if (reason == null) {
        LoggerFactory.getLogger(Application.class).error("The gateway could not start", e);
      } else {
        System.err.println("tidegate: " + reason);
      }
      System.exit(reason == null ? 1 : EXIT_CONFIGURATION);
    }
  }

  /** The banner is for a person, and may show secrets to one: what collects logs gets neither. */
  private static void announce(Settings settings, Gateway gateway, long millis) {
    if (settings.logging().json()) {
      LoggerFactory.getLogger(Application.class)
          .atInfo()
          .addKeyValue("port", gateway.port())
          .addKeyValue("managementPort", gateway.managementPort())
          .addKeyValue("ms", millis)
          .log("Tidegate is up");
    } else {
      System.out.print(gateway.banner().text(millis));
    }
  }

  /** One line about a failure that the person at the keyboard can mend, null for any other. */
  static @Nullable String reason(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SettingsException || at instanceof DatabaseStartException) {
        return at.getMessage();
      }
      if (at instanceof SQLException) {
        return "cannot use the database: " + oneLine(at);
      }
    }
    return null;
  }

  private static String oneLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
