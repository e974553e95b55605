package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.ShapeRecording;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file says of its models beside the trace.
 *
 * @param runs known models without a trace; none for the one that the trace was recorded from
 * @param quantisation null for the bits of the model's file
 */
record ModelChoice(List<Run> runs, @Nullable Quantisation quantisation) {
  static final ModelChoice OF_THE_TRACE = new ModelChoice(List.of(), null);

  ModelChoice {
    runs = List.copyOf(runs);
  }

  /**
   * A run of a model that is known by its shape.
   *
   * @param file that the shape was read from; null for one that is known by name
   */
  record Run(ShapeRecording recording, @Nullable Path file) {
    String name() {
      return recording.shape().name();
    }
  }
}
