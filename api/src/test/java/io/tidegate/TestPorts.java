package io.tidegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for the processes of tests, which they keep over a restart. They are below those that the
 * kernel gives to outgoing connections, and above those that embedded databases choose: none of
 * these can sit on one while its process is down. JVMs of tests side by side lock a file for each,
 * so that no two get the same one.
 */
public final class TestPorts {
  private static final int FIRST = 26_000;
  private static final int END = 32_768;
  private static final Path LOCKS =
      Path.of(System.getProperty("java.io.tmpdir"), "tidegate-test-ports");

  /** By this JVM, until it ends: some process will be there, or is down for a while. */
  private static final Map<Integer, FileLock> GIVEN = new ConcurrentHashMap<>();

  private TestPorts() {}

  /** One on which nobody listens on loopback. */
  public static synchronized int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (!GIVEN.containsKey(port) && isFree(port) && lock(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static boolean lock(int port) {
    try {
      Files.createDirectories(LOCKS);
      FileChannel file =
          FileChannel.open(
              LOCKS.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock == null) {
        file.close();
        return false;
      }
      GIVEN.put(port, lock);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
