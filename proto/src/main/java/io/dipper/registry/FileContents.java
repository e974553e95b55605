package io.dipper.registry;

import com.google.protobuf.Struct;
import io.dipper.error.UserException;
import io.dipper.files.InputFiles;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.PolicySpec;
import io.dipper.trace.FileDigests;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Files that parameters name count by what is in them, wherever they lie. */
public final class FileContents {
  private FileContents() {}

  /**
   * The SHA-256 of each file, by the parameter that names it.
   *
   * @throws UserException if a file cannot be read
   */
  public static Map<String, String> digests(Map<String, Path> files) {
    Map<String, String> digests = new TreeMap<>();
    files.forEach(
        (parameter, file) -> {
          InputFiles.requireFile(file, "the file of a parameter");
          digests.put(parameter, FileDigests.current().of(file));
        });
    return digests;
  }

  /**
   * @throws UserException if a file is not what it was when these digests were taken
   */
  public static void check(Map<String, Path> files, Map<String, String> digests) {
    files.forEach(
        (parameter, file) -> {
          String then = digests.get(parameter);
          if (then != null && !then.equals(FileDigests.current().of(file))) {
            throw UserException.in(
                file, "has changed since the points that name it were set up; start over with it");
          }
        });
  }

  /** What tells a policy from others: digests instead of paths. */
  public static PolicySpec identity(PolicySpec spec) {
    return spec.getFileSha256Count() == 0
        ? spec
        : spec.toBuilder()
            .setParameters(without(spec.getParameters(), spec.getFileSha256Map().keySet()))
            .build();
  }

  /** What tells a cache from others: digests instead of paths. */
  public static CacheSpec identity(CacheSpec spec) {
    return spec.getFileSha256Count() == 0
        ? spec
        : spec.toBuilder()
            .setParameters(without(spec.getParameters(), spec.getFileSha256Map().keySet()))
            .build();
  }

  private static Struct without(Struct parameters, Set<String> names) {
    Struct.Builder rest = parameters.toBuilder();
    names.forEach(rest::removeFields);
    return rest.build();
  }
}
