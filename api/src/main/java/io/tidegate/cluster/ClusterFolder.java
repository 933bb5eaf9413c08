package io.tidegate.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of what is started here: outputs, Redis' data, and a lock as long as it runs. */
record ClusterFolder(Path path, FileChannel lock) implements AutoCloseable {
  /**
   * @throws ClusterException when another one runs there
   */
  static ClusterFolder open(Path path) throws IOException {
    Files.createDirectories(path.resolve("redis"));
    FileChannel channel =
        FileChannel.open(
            path.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      String pid = Files.readString(path.resolve("lock")).strip();
      throw new ClusterException("a cluster runs here already, process " + pid + ": stop it first");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return new ClusterFolder(path, channel);
  }

  Path redis() {
    return path.resolve("redis");
  }

  Path log(String name) {
    return path.resolve(name + ".log");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
