package io.dipper.hwsim.profile.hardware;

import io.dipper.config.YamlDocument;
import io.dipper.config.YamlNode;
import io.dipper.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a profile is written: in the product, or in a file of the user's.
 *
 * @param name the file's name in error messages
 * @param builtIn whether it is in the product
 * @param folder what relative paths in it are relative to
 */
record ProfileSource(String name, boolean builtIn, Path folder) {
  /** The built-in profiles, one file each in {@code hardware-profiles/}. */
  static final List<String> BUILT_IN =
      List.of(
          "paper",
          "paper-concurrent",
          "apple-a17-pro",
          "apple-a18",
          "snapdragon-8-gen-2",
          "snapdragon-8-gen-3",
          "snapdragon-8-elite",
          "oneplus-15r",
          "oneplus-15r-hot",
          "oneplus-15r-lanes",
          "ufs-3-1",
          "emmc-5-1",
          "apple-m3-max",
          "dimensity-9300",
          "jetson-orin-nano",
          "raspberry-pi-5",
          "desktop-nvme");

  /**
   * The source of a profile.
   *
   * @param base what a relative path is relative to
   */
  static ProfileSource find(String nameOrPath, Path base) {
    if (BUILT_IN.contains(nameOrPath)) {
      return new ProfileSource("hardware-profiles/" + nameOrPath + ".yaml", true, Path.of(""));
    }
    if (!nameOrPath.matches(".*(\\.ya?ml|[/\\\\].*)")) {
      throw HardwareProfiles.unknown(nameOrPath);
    }
    Path file = base.resolve(nameOrPath).normalize();
    if (!Files.exists(file)) {
      throw new UserException(file + ": there is no such file");
    }
    Path parent = file.getParent();
    return new ProfileSource(file.toString(), false, parent == null ? Path.of("") : parent);
  }

  /** The file of a profile that is not built in. */
  Path file() {
    return Path.of(name);
  }

  YamlNode read() {
    return builtIn ? YamlDocument.parse(name, resource()) : YamlDocument.read(file());
  }

  /** The file's name without folder and ending. */
  String stem() {
    String file = String.valueOf(Path.of(name).getFileName());
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private byte[] resource() {
    try (InputStream in = ProfileSource.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packed");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
