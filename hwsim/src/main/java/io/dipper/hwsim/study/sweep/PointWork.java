package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has to do.
 *
 * @param simulation on which the points were planned
 * @param trace the file that it replays; null where it replays the shape of a model
 * @param points those that are not done yet, in the order of the sweep
 * @param progress where the engine says how far it is
 */
public record PointWork(
    Simulation simulation, @Nullable Path trace, List<PlannedPoint> points, Progress progress) {}
