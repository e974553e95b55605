package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.profile.model.Quantisation;
import io.dipper.hwsim.profile.model.ShapeRecording;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep file says of its model beside the trace.
 *
 * @param run a known model without a trace; null for the one that the trace was recorded from
 * @param quantisation null for the bits of the model's file
 */
record ModelChoice(@Nullable ShapeRecording run, @Nullable Quantisation quantisation) {
  static final ModelChoice OF_THE_TRACE = new ModelChoice(null, null);
}
