package io.tidegate.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The bundled PostgreSQL programs of this platform, unpacked once per version. */
record PostgresBinaries(Path folder) {
  private static final String PREFIX = "binaries-";

  /** Unpacks them into {@code parent} unless that version is there already. */
  static PostgresBinaries unpack(Path parent) throws IOException {
    String resource = resourceOfThisPlatform();
    byte[] archive;
    try (InputStream in = PostgresBinaries.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DatabaseStartException(
            "No PostgreSQL is bundled for this platform ("
                + resource
                + "); set TIDEGATE_DATABASE_URL to an external one.");
      }
      archive = in.readAllBytes();
    }
    Path folder = parent.resolve(PREFIX + fingerprint(archive));
    if (!Files.isDirectory(folder)) {
      Path unfinished = parent.resolve(PREFIX + "unfinished");
      deleteTree(unfinished);
      extract(archive, unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      deleteOthers(parent, folder);
    }
    return new PostgresBinaries(folder);
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static String resourceOfThisPlatform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "darwin" : os.contains("linux") ? "linux" : os;
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return "/postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  private static String fingerprint(byte[] archive) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(Arrays.copyOf(sha, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new BufferedInputStream(
                new XZInputStream(new java.io.ByteArrayInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (isNeeded(entry.getName())) {
          write(tar, entry, target);
        }
      }
    }
  }

  /** What only serves to build extensions stays packed. */
  private static boolean isNeeded(String name) {
    return !name.endsWith(".a") && !name.contains("/pgxs/") && !name.contains("/pkgconfig/");
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("an entry points outside of the archive");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent() == null ? target : file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void deleteOthers(Path parent, Path kept) throws IOException {
    List<Path> others;
    try (Stream<Path> entries = Files.list(parent)) {
      others =
          entries
              .filter(p -> String.valueOf(p.getFileName()).startsWith(PREFIX) && !p.equals(kept))
              .toList();
    }
    for (Path other : others) {
      deleteTree(other);
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
