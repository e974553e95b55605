package io.dipper.hwsim.time.timeline;

import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.study.result.Python;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A timeline as Perfetto's own programs read it, against the ledger of the same tokens. */
class PerfettoTest {
  private static final String COMPARE =
      """
      import collections, csv, sys
      spent = collections.Counter()
      for row in csv.DictReader(open(sys.argv[2])):
          for name, value in row.items():
              if name.endswith('_s') and 3 <= int(row['token']) <= 12:
                  spent[name[:-2]] += round(float(value) * 1e12)
      ledger = {name: (ps + 500) // 1000 for name, ps in spent.items() if ps}
      shown = {name: ns for name, ns in shown.items() if ns}
      assert shown == ledger, (shown, ledger)
      print(len(shown) >= 3, sum(shown.values()) > 0)
      """;

  private static final String SCHEMA =
      """
      import collections, sys
      from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as pb
      trace = pb.Trace()
      trace.ParseFromString(open(sys.argv[1], 'rb').read())
      names = {p.track_descriptor.uuid: p.track_descriptor.name for p in trace.packet if p.HasField('track_descriptor')}
      shown, open_at = collections.Counter(), None
      for p in trace.packet:
          if p.HasField('track_event') and names[p.track_event.track_uuid] == 'Processor':
              if p.track_event.type == pb.TrackEvent.TYPE_SLICE_BEGIN:
                  open_at, category = p.timestamp, p.track_event.categories[0]
              else:
                  shown[category] += p.timestamp - open_at
      """
          + COMPARE;

  private static final String TRACE_PROCESSOR =
      """
      import os, sys
      from perfetto.trace_processor import TraceProcessor, TraceProcessorConfig
      config = TraceProcessorConfig(bin_path=os.environ['DIPPER_TRACE_PROCESSOR'])
      with TraceProcessor(trace=sys.argv[1], config=config) as tp:
          shown = {r.category: r.ns for r in tp.query(
              "select s.category, sum(s.dur) as ns from slice s join track t on s.track_id = t.id where t.name = 'Processor' group by 1")}
          assert [r.value for r in tp.query("select sum(value) as value from stats where severity = 'error'")] == [0]
      """
          + COMPARE;

  @TempDir private Path folder;

  @Test
  void perfettosSchema_readsSlicesThatAddUpToTheLedger() throws Exception {
    Python.needs("perfetto");
    assertThat(read(SCHEMA)).isEqualTo("True True");
  }

  @Test
  void perfettosTraceProcessor_readsSlicesThatAddUpToTheLedger() throws Exception {
    Python.needs("perfetto");
    Assumptions.assumeTrue(
        System.getenv("DIPPER_TRACE_PROCESSOR") != null,
        "skipped: needs Perfetto's trace_processor_shell in DIPPER_TRACE_PROCESSOR");
    assertThat(read(TRACE_PROCESSOR)).isEqualTo("True True");
  }

  private String read(String script) throws Exception {
    Path ledger = folder.resolve("ledger.csv");
    Path timeline = folder.resolve("run.pftrace");
    PointConfig config = Synthetic.config(HardwareProfiles.resolve("apple-a18").profile(), 16, 0);
    new RunFiles(ledger, timeline, new TokenRange(3, 12))
        .write(
            new RunShape(new int[] {16}, LAYERS),
            listener ->
                new DesAccounting(listener)
                    .time(
                        new Workload(
                            config,
                            Synthetic.plan(config, GLU, 2e6),
                            Synthetic.random(GLU, 5, 16))));
    return Python.run(script, timeline.toString(), ledger.toString()).strip();
  }
}
