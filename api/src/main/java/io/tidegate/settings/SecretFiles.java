package io.tidegate.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that only their owner may read, in one folder that only its owner may enter. */
public record SecretFiles(Path folder) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The text kept under this name, null when there is none. */
  public @Nullable String read(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      if (!EnumSet.copyOf(OWNER_ONLY).containsAll(Files.getPosixFilePermissions(file))) {
        throw new SettingsException(file + " can be read by others: chmod 600 " + file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SettingsException("cannot read " + file);
    }
  }

  /** Keeps the text; a file half written by a crash never takes the place of a whole one. */
  public void write(String name, String text) {
    Path file = folder.resolve(name);
    Path draft = folder.resolve(name + ".new");
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(draft, (text + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SettingsException("cannot write " + file);
    }
  }
}
