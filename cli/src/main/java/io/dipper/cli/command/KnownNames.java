package io.dipper.cli.command;

import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.Quantisations;
import java.util.Iterator;

/** The names that a shell completes options with. */
final class KnownNames {
  private KnownNames() {}

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
}
