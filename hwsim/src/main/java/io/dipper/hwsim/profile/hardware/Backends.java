package io.dipper.hwsim.profile.hardware;

import io.dipper.config.Location;
import io.dipper.config.Nearest;
import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Processor;
import io.dipper.proto.Vram;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The backends of a device: what computes, each with the software that it was measured with. What
 * stands beside the list holds for every backend that does not say otherwise.
 */
public final class Backends {
  private static final String LIST = "processor.backends";

  private Backends() {}

  /** The names of a device's backends; empty where its processor has none. */
  public static List<String> names(HardwareProfile device) {
    Processor processor = device.getProcessor();
    if (processor.getBackendsCount() > 0) {
      return processor.getBackendsList().stream().map(Processor::getName).toList();
    }
    return processor.getName().isEmpty() ? List.of() : List.of(processor.getName());
  }

  /** Whether a device has a backend; every device has the one without a name, its default. */
  public static boolean has(HardwareProfile device, String name) {
    return name.isEmpty() || names(device).contains(name);
  }

  /**
   * A device with one of its backends as its processor, and the share of the DRAM's bandwidth that
   * this one reaches.
   *
   * @param name of a backend; empty for the device's default
   * @throws UserException if there is no such backend
   */
  public static HardwareProfile choose(HardwareProfile device, String name) {
    if (!has(device, name)) {
      List<String> names = names(device);
      throw new UserException(
          device.getName()
              + " has no backend '"
              + name
              + "'; "
              + (names.isEmpty() ? "its processor has no name" : Nearest.hint(name, names)));
    }
    Processor all = device.getProcessor();
    if (all.getBackendsCount() == 0 && !all.hasPortEfficiency()) {
      return device;
    }
    Processor.Builder chosen = all.toBuilder().clearBackends().clearBackend();
    if (all.getBackendsCount() > 0) {
      String own = name.isEmpty() ? defaultName(device) : name;
      Processor backend = all.getBackends(names(device).indexOf(own));
      backend.getAllFields().forEach(chosen::setField);
    }
    HardwareProfile.Builder reduced = device.toBuilder();
    if (!isBeside(device.getVram(), chosen.getName())) {
      reduced.clearVram();
    }
    if (chosen.hasPortEfficiency()) {
      reduced.getDramBuilder().setEfficiency(chosen.getPortEfficiency());
      chosen.clearPortEfficiency();
    }
    return reduced.setProcessor(chosen).build();
  }

  /** Leaves a point's device the backend that the point names; as it is where it has none such. */
  public static void complete(PointConfig.Builder point) {
    if (has(point.getHardware(), point.getBackend())) {
      HardwareProfile chosen = choose(point.getHardware(), point.getBackend());
      point.setHardware(chosen).setBackend(chosen.getProcessor().getName());
    }
  }

  /** Whether a backend reads a VRAM: where none is named, every one does. */
  private static boolean isBeside(Vram vram, String backend) {
    return vram.getBackend().isEmpty() || vram.getBackend().equals(backend);
  }

  private static String defaultName(HardwareProfile device) {
    Processor processor = device.getProcessor();
    return processor.getBackend().isEmpty()
        ? processor.getBackends(0).getName()
        : processor.getBackend();
  }

  /**
   * Throws where the backends of a profile are not told apart, or what is chosen among them is not
   * there.
   *
   * @param origins where each value is written
   * @param root the file that is named where a value is missing
   */
  static void check(HardwareProfile device, Map<String, Location> origins, YamlMapping root) {
    Processor processor = device.getProcessor();
    Set<String> seen = new HashSet<>();
    for (Processor backend : processor.getBackendsList()) {
      if (backend.getName().isEmpty()) {
        throw ProfilePlaces.error(
            LIST, "a backend has no name; write e.g. {name: gpu, ...}", origins, root);
      }
      if (!seen.add(backend.getName())) {
        throw ProfilePlaces.error(
            LIST,
            "two backends are called " + backend.getName() + "; name each once",
            origins,
            root);
      }
      if (backend.getBackendsCount() > 0 || !backend.getBackend().isEmpty()) {
        throw ProfilePlaces.error(
            LIST, backend.getName() + ": a backend has no backends of its own", origins, root);
      }
    }
    checkDefault(device, origins, root);
  }

  private static void checkDefault(
      HardwareProfile device, Map<String, Location> origins, YamlMapping root) {
    String name = device.getProcessor().getBackend();
    if (!has(device, name)) {
      List<String> names = names(device);
      throw ProfilePlaces.error(
          "processor.backend",
          names.isEmpty()
              ? "backend names one of the processor's and there are none; list them in 'backends'"
              : "there is no backend '" + name + "'; " + Nearest.hint(name, names),
          origins,
          root);
    }
  }
}
