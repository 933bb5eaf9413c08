package io.tidegate.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one embedded database, locked while a gateway uses it: {@code cluster/} (the
 * database), {@code binaries-*}, {@code port}, {@code password} (0600), {@code lock}.
 */
final class DataFolder implements AutoCloseable {
  /** Below the ports that systems hand out by themselves, so that it is free next time too. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 25_999;
  private static final int PORT_TRIES = 100;
  private static final int PASSWORD_BYTES = 32;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Closing any channel of a file drops the process's lock on it, so a second is never opened. */
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lockChannel;

  private DataFolder(Path root, FileChannel lockChannel) {
    this.root = root;
    this.lockChannel = lockChannel;
  }

  /** Makes the folder when it is missing and locks it against a second gateway. */
  static DataFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path root = folder.toRealPath();
    if (!OPEN_HERE.add(root)) {
      throw inUse(root);
    }
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      OPEN_HERE.remove(root);
      throw inUse(root);
    }
    return new DataFolder(root, channel);
  }

  private static DatabaseStartException inUse(Path root) {
    return new DatabaseStartException(
        "The data folder " + root + " is in use by another running gateway.");
  }

  Path root() {
    return root;
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path passwordFile() {
    return root.resolve("password");
  }

  /** The remembered port; a free one is chosen the first time. */
  int port() throws IOException {
    Path file = root.resolve("port");
    if (Files.exists(file)) {
      return parsePort(Files.readString(file).strip(), file);
    }
    int port = choosePort();
    Files.writeString(file, port + "\n");
    return port;
  }

  private static int parsePort(String text, Path file) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new DatabaseStartException(
          "The file " + file + " does not hold a port number; delete it.", e);
    }
  }

  private static int choosePort() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < PORT_TRIES; i++) {
      int port = random.nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new DatabaseStartException("No free port found for the embedded PostgreSQL.");
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** The remembered password of the superuser; a random one is made the first time. */
  String password() throws IOException {
    Path file = passwordFile();
    if (!Files.exists(file)) {
      byte[] bytes = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(bytes);
      Files.createFile(file, OWNER_ONLY);
      Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return Files.readString(file).strip();
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
      OPEN_HERE.remove(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
