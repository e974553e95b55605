package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.MessageReader;
import io.dipper.config.Nearest;
import io.dipper.config.RequiredFields;
import io.dipper.config.YamlMapping;
import io.dipper.config.YamlNode;
import io.dipper.error.UserException;
import io.dipper.files.FileKind;
import io.dipper.proto.HardwareProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds profiles, by the name of a built-in one or by the path of a YAML file, and resolves what
 * they extend.
 */
public final class HardwareProfiles {
  private static final int LONGEST_CHAIN = 8;

  /** Files of profiles, told by a section or the key that only profiles have. */
  public static final FileKind KIND =
      FileKind.ofText(
          "a hardware profile",
          text -> text.lines().anyMatch(line -> line.matches("(extends|flash|dram):.*")));

  private HardwareProfiles() {}

  /** The names of the built-in profiles. */
  public static List<String> list() {
    return ProfileSource.BUILT_IN;
  }

  /**
   * A profile with everything it extends filled in, checked.
   *
   * @param nameOrPath a built-in name, or a path that ends in .yaml or .yml or has a folder
   * @throws UserException with file, line and column of the first thing that is wrong
   */
  public static ResolvedProfile resolve(String nameOrPath) {
    ProfileSource source = ProfileSource.find(nameOrPath, Path.of(""));
    List<ProfileSource> chain = new ArrayList<>();
    HardwareProfile.Builder message = HardwareProfile.newBuilder();
    MessageReader reader = new MessageReader("extends");
    YamlMapping root = apply(source, chain, reader, message);
    if (message.getName().isEmpty()) {
      message.setName(source.stem());
    }
    RequiredFields.check(message.build(), root);
    FlashCheck.check(message.getFlash(), reader.origins(), root);
    DramCheck.check(message.getDram(), reader.origins(), root);
    Backends.check(message.build(), reader.origins(), root);
    VramCheck.check(message.build(), reader.origins(), root);
    ProcessorCheck.check(message.build(), reader.origins(), root);
    return new ResolvedProfile(message.build(), reader.origins(), files(chain));
  }

  private static List<Path> files(List<ProfileSource> chain) {
    return chain.stream().filter(read -> !read.builtIn()).map(ProfileSource::file).toList();
  }

  /** Checks a profile as {@link #resolve} does, and returns nothing. */
  public static void validate(String nameOrPath) {
    resolve(nameOrPath);
  }

  /** Applies what a source extends, then the source itself. */
  private static YamlMapping apply(
      ProfileSource source,
      List<ProfileSource> chain,
      MessageReader reader,
      HardwareProfile.Builder message) {
    chain.add(source);
    YamlMapping root = source.read().asMapping("a mapping with the sections of a profile");
    YamlNode parent = root.get("extends");
    if (parent != null) {
      String name = parent.asScalar("the name or the path of a profile").text();
      ProfileSource next = find(name, source, parent.at());
      checkChain(chain, next, parent.at());
      apply(next, chain, reader, message);
      message.clearName();
    }
    reader.read(root, message);
    if (message.hasFlash()) {
      HostCores.choose(root, message.getFlashBuilder(), reader.origins());
    }
    return root;
  }

  private static ProfileSource find(String name, ProfileSource from, Location at) {
    try {
      return ProfileSource.find(name, from.folder());
    } catch (UserException e) {
      throw at.error(String.valueOf(e.getMessage()));
    }
  }

  private static void checkChain(List<ProfileSource> chain, ProfileSource next, Location at) {
    if (chain.contains(next)) {
      List<String> names = new ArrayList<>(chain.stream().map(ProfileSource::name).toList());
      names.add(next.name());
      throw at.error(
          "profiles extend one another in a circle: "
              + String.join(" -> ", names)
              + "; take one 'extends' out");
    }
    if (chain.size() == LONGEST_CHAIN) {
      throw at.error("more than " + LONGEST_CHAIN + " profiles extend one another; join some");
    }
  }

  /** The error that a name is not a built-in profile. */
  static UserException unknown(String name) {
    return new UserException(
        "there is no built-in profile '"
            + name
            + "'; "
            + Nearest.hint(name, list())
            + " (a file's name ends in .yaml)");
  }
}
