package io.tidegate.cli;

import io.tidegate.cluster.ClusterException;
import io.tidegate.cluster.ClusterRun;
import io.tidegate.postgres.DatabaseStartException;
import io.tidegate.problem.RefusedException;
import io.tidegate.settings.SettingsException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Runs a command: its findings go to {@code out}, one line each, never a secret. Exit codes: 0 done
 * or all well, 1 not, 2 no such command.
 */
public final class Cli {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int UNKNOWN_COMMAND = 2;

  private static final String HELP =
      """
      tidegate                     start the gateway; settings are environment variables, TIDEGATE_*
      tidegate cluster [N]         N nodes on this machine (3), with PostgreSQL and Redis, until Ctrl-C; what
                                   runs is in data/cluster.json
      tidegate check-config        check settings and database as a start would; changes nothing
      tidegate rotate-master-key   seal all secrets with TIDEGATE_NEW_MASTER_KEY (or _FILE) instead of
                                   TIDEGATE_MASTER_KEY; the gateway must be stopped
      tidegate restored            after restoring the database from a copy or dump: begin new epochs
                                   of all durable channels; the gateway must be stopped
      tidegate help                this
      """;

  private final Map<String, String> environment;
  private final PrintStream out;

  private Cli(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  /**
   * @return the process's exit code
   */
  public static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
    return new Cli(environment, out).run(arguments);
  }

  private int run(String[] arguments) {
    String command = arguments.length == 1 || arguments[0].equals("cluster") ? arguments[0] : "";
    try {
      return switch (command) {
        case "help", "--help", "-h" -> {
          out.print(HELP);
          yield OK;
        }
        case "cluster" -> {
          ClusterRun.run(List.of(arguments).subList(1, arguments.length), environment, out);
          yield OK;
        }
        case "check-config" -> new ConfigCheck(environment, out).run() ? OK : FAILED;
        case "rotate-master-key" -> {
          new KeyRotation(environment, out).run();
          yield OK;
        }
        case "restored" -> {
          new Restoration(environment, out).run();
          yield OK;
        }
        default -> {
          out.println("tidegate: no such command: tidegate help");
          yield UNKNOWN_COMMAND;
        }
      };
    } catch (SettingsException | DatabaseStartException | CommandException | ClusterException e) {
      out.println("tidegate: " + e.getMessage());
    } catch (SQLException e) {
      out.println("tidegate: cannot use the database: " + oneLine(e));
    } catch (RefusedException e) {
      out.println("tidegate: " + e.detail());
    }
    return FAILED;
  }

  /** What the server or the driver says; settings keep passwords out of what they know. */
  static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
