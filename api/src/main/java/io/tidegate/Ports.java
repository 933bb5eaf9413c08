package io.tidegate;

import io.tidegate.settings.Settings;
import io.tidegate.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where the gateway listens. Asked for before anything is started: a port that is taken is the most
 * usual reason why a start fails, and worth one line at once.
 */
record Ports(int gateway, int management) {
  /** Both ports, a 0 replaced by a free one. */
  static Ports free(Settings settings) {
    int gateway = free("TIDEGATE_PORT", settings.host(), settings.port());
    int management =
        free("TIDEGATE_MANAGEMENT_PORT", settings.managementHost(), settings.managementPort());
    return new Ports(gateway, management);
  }

  private static int free(String variable, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return socket.getLocalPort();
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          variable + ": cannot listen on " + host + ":" + port + ": " + e.getMessage());
    }
  }
}
