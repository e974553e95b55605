package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import java.nio.file.Path;
import java.util.List;

/** A device, by the name of a profile or by its file. */
final class Devices extends SettingValues<Device> {
  @Override
  public String expected() {
    return "a profile's name or file";
  }

  @Override
  public Device parse(String text) {
    return new Device(HardwareProfiles.resolve(text), isFile(text) ? Path.of(text) : null);
  }

  @Override
  public String print(Device value) {
    return value.profile().getName();
  }

  /** What is wrong inside of a file has its place there. */
  @Override
  List<Device> read(Written written) {
    return WrittenValues.list(
        written.node(),
        expected(),
        node -> {
          String text = node.asScalar(expected()).text();
          return isFile(text)
              ? parse(written.file().resolveSibling(text).toString())
              : WrittenValues.placed(node, () -> parse(text));
        });
  }

  @Override
  Object write(Device value, Path folder) {
    Path file = value.file();
    return file == null ? print(value) : RelativePath.of(file, folder);
  }

  @Override
  public List<Path> inputs(Device value) {
    return value.resolved().files();
  }

  @Override
  public List<String> names() {
    return HardwareProfiles.list();
  }

  private static boolean isFile(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.contains("/");
  }
}
