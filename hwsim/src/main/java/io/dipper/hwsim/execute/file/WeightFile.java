package io.dipper.hwsim.execute.file;

import io.dipper.error.UserException;
import io.dipper.hwsim.execute.product.Blocks;
import io.dipper.hwsim.execute.product.Templates;
import io.dipper.hwsim.execute.read.FetchBench;
import io.dipper.hwsim.machine.DirectFile;
import io.dipper.hwsim.machine.MachineMeasurement;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.progress.Progress;
import io.dipper.weight.WeightType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with the weights of some points, on the disk that is to be read. One point after another
 * is executed on it; it is removed when it is closed, unless it is to be kept.
 */
public final class WeightFile implements AutoCloseable {
  private static final String REMEDY = "choose a smaller model";

  private static final double PACE_SECONDS = 0.1;

  private final DirectFile file;
  private final WeightSections sections;
  private final @Nullable Templates templates;

  private WeightFile(DirectFile file, WeightSections sections, @Nullable Templates templates) {
    this.file = file;
    this.sections = sections;
    this.templates = templates;
  }

  /**
   * Writes a file once for points of any layouts, quantisations and memories.
   *
   * @param points at least one; their demands may be empty
   * @throws UserException if the disk has no room for it, or no direct reads
   */
  public static WeightFile write(Path path, List<Workload> points, Progress progress) {
    Templates templates = new Templates();
    List<WeightNeeds> needs = new ArrayList<>();
    points.forEach(work -> needs.add(WeightNeeds.of(work, Schedule.decode(work))));
    WeightSections sections = new WeightSections(needs, templates);
    DirectFile file = DirectFile.create(path, sections, REMEDY, progress);
    return new WeightFile(file, sections, templates);
  }

  /**
   * Writes the units of a model, where a point's layout has them; of static weights nothing, which
   * the model has itself.
   *
   * @throws UserException if the disk has no room for it, or no direct reads
   */
  public static WeightFile write(
      Path path, Workload work, FetchRules fetch, LiveModel model, Progress progress) {
    WeightNeeds needs = WeightNeeds.of(work, Schedule.decode(work)).ofUnits();
    WeightSections sections = new WeightSections(List.of(needs), new Templates());
    WeightType type = Blocks.nearest(work.bytes().bits().getMlp(), work.config()).type();
    ModelUnits units = new ModelUnits(model, sections, needs, fetch, type);
    return new WeightFile(DirectFile.create(path, units, REMEDY, progress), sections, null);
  }

  /** Leaves the file where it is when it is closed. */
  public void keep() {
    file.keep();
  }

  /** How fast the disk is at the moment, read and used as a stream is, bytes per second. */
  public double diskPace() {
    return new FetchBench(file, MachineMeasurement.STREAM_LANES)
        .streamBandwidth(MachineMeasurement.STREAM_READ, PACE_SECONDS);
  }

  /** Where the weights of a point lie in it. */
  public WeightMap map(WeightNeeds needs) {
    if (needs.page() % file.alignment() != 0) {
      throw new UserException(
          "the profile's page of "
              + needs.page()
              + " B is no multiple of "
              + file.alignment()
              + " B, which direct reads of this disk are");
    }
    return new WeightMap(needs, sections);
  }

  /** The file itself. */
  public DirectFile file() {
    return file;
  }

  /** The made-up weights that fill it; null where they are a model's. */
  public @Nullable Templates templates() {
    return templates;
  }

  @Override
  public void close() {
    file.close();
  }
}
