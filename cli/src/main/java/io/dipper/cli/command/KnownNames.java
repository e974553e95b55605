package io.dipper.cli.command;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.registry.Description;
import java.util.Iterator;
import java.util.List;

/** The names that a shell completes options with. */
final class KnownNames {
  private KnownNames() {}

  /** Masks. */
  static final class OfPolicies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Policies.all().stream().map(Description::name).iterator();
    }
  }

  /** Caches. */
  static final class OfCaches implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Caches.all().stream().map(Description::name).iterator();
    }
  }

  /** Devices. */
  static final class OfHardware implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return HardwareProfiles.list().iterator();
    }
  }

  /** Shapes of models. */
  static final class OfShapes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ModelShapes.all().stream().map(NamedShape::name).iterator();
    }
  }

  /** Quantisations. */
  static final class OfQuants implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Quantisations.all().stream().map(Quantisation::name).iterator();
    }
  }

  /** Layouts of units on Flash. */
  static final class OfLayouts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("column-major", "bundled", "row-major").iterator();
    }
  }
}
