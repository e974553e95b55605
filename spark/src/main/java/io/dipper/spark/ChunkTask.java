package io.dipper.spark;

import com.google.protobuf.InvalidProtocolBufferException;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.TraceReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Simulates a chunk on an executor: complete configurations in, rows out. */
final class ChunkTask extends AbstractFunction1<Iterator<byte[][]>, ChunkOutcome>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final SharedTrace trace;

  ChunkTask(SharedTrace trace) {
    this.trace = trace;
  }

  @Override
  public ChunkOutcome apply(Iterator<byte[][]> chunks) {
    List<String> rows = new ArrayList<>();
    try {
      TraceReader reader = ExecutorTraces.open(trace);
      TraceInfo info =
          new TraceInfo(
              trace.name(), trace.sha256(), reader.manifest(), TraceInfo.perplexity(reader.nll()));
      while (chunks.hasNext()) {
        Simulation simulation = new Simulation(reader, info, 1, Progress.SILENT);
        List<PlannedPoint> points = new ArrayList<>();
        for (byte[] config : chunks.next()) {
          points.add(simulation.plan(PointConfig.parseFrom(config)));
        }
        simulation.run(points, point -> rows.add(RowJson.line(point.result())));
      }
      return ChunkOutcome.of(rows);
    } catch (UserException e) {
      return ChunkOutcome.problem(String.valueOf(e.getMessage()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
