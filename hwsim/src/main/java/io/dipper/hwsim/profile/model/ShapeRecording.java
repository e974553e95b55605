package io.dipper.hwsim.profile.model;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run that nobody recorded: the shape of a model and a number of tokens, one sequence, without
 * activations. Masks that are always full need no more.
 *
 * @param shape of the model
 * @param tokens at least 1
 */
public record ShapeRecording(NamedShape shape, int tokens) implements Recording {
  /** Tokens of a run where nothing else is said: as many as llama-bench generates. */
  public static final int DEFAULT_TOKENS = 128;

  private static final int MOST_TOKENS = 1_000_000;

  /**
   * @throws UserException if the number of tokens is out of range
   */
  public ShapeRecording {
    if (tokens < 1 || tokens > MOST_TOKENS) {
      throw new UserException(tokens + " tokens cannot be run; give from 1 to " + MOST_TOKENS);
    }
  }

  @Override
  public ModelShape model() {
    return shape.shape();
  }

  @Override
  public Set<Site> sites() {
    return Set.of();
  }

  @Override
  public int[] sequenceLengths() {
    return new int[] {tokens};
  }

  @Override
  public SiteColumn column(int layer, Site site) {
    throw new UserException("the shape of a model has no activations; give a trace");
  }

  @Override
  public @Nullable ColumnNorms norms() {
    return null;
  }
}
