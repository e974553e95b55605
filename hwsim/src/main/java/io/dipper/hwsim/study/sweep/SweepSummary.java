package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.SkippedRow;
import java.util.List;

/**
 * How a sweep ended.
 *
 * @param results where everything was written
 * @param points all rows, in the order of the sweep
 * @param reused how many of them were there already
 * @param skipped the points that cannot exist
 */
public record SweepSummary(
    ResultDirectory results, List<PointRow> points, int reused, List<SkippedRow> skipped) {}
