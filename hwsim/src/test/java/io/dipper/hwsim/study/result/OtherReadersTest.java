package io.dipper.hwsim.study.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.table.Columns;
import io.dipper.hwsim.table.CsvTable;
import io.dipper.hwsim.table.ParquetTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files as other people's programs see them. */
final class OtherReadersTest {
  private static final String PYARROW =
      """
      import sys, pyarrow.parquet as pq, pyarrow.csv as pc, pyarrow as pa
      a = pq.read_table(sys.argv[1])
      b = pc.read_csv(sys.argv[2],
          parse_options=pc.ParseOptions(newlines_in_values=True),
          convert_options=pc.ConvertOptions(column_types=a.schema, strings_can_be_null=True, quoted_strings_can_be_null=False))
      assert a.column_names == b.column_names, (a.column_names, b.column_names)
      assert a.to_pylist() == b.to_pylist(), (a.to_pylist(), b.to_pylist())
      r = a.to_pylist()[0]
      print(len(a.column_names), r['point_id'], repr(r['tokens_per_second']), r['hits_x'], repr(r['hit_rate_x']), a.to_pylist()[1]['hit_rate'])
      print(a.schema.field('tokens_per_second').type, a.schema.field('hits_x').type, a.schema.field('cache_columns_x').type, a.schema.field('policy').type)
      """;

  private static final String DUCKDB =
      """
      import sys, duckdb
      a = duckdb.sql(f"select * from '{sys.argv[1]}'").fetchall()
      types = duckdb.sql(f"describe select * from '{sys.argv[1]}'").fetchall()
      columns = {name: kind for name, kind, *_ in types}
      b = duckdb.read_csv(sys.argv[2], dtype=columns).fetchall()
      assert a == b, (a, b)
      print(duckdb.sql(f"select policy, density from '{sys.argv[1]}' where tokens_per_second > 2").fetchall())
      """;

  @TempDir Path folder;

  @Test
  void pyarrow_seesEqualValuesInParquetAndCsv() throws Exception {
    Python.needs("pyarrow");
    assertThat(read(PYARROW).lines())
        .containsExactly(
            Columns.of(PointRow.class).names().size()
                + " 0123456789ab 10677.159962850912 9223372036854775807 5e-324 None",
            "double int64 int32 string");
  }

  @Test
  void duckdb_seesEqualValuesInParquetAndCsv() throws Exception {
    Python.needs("duckdb");
    assertThat(read(DUCKDB).strip()).isEqualTo("[('dip-ca', 0.3333333333333333)]");
  }

  private String read(String script) throws Exception {
    Path parquet = folder.resolve("points.parquet");
    Path csv = folder.resolve("points.csv");
    List<PointRow> rows = List.of(Rows.full(), Rows.sparse());
    ParquetTable.write(parquet, PointRow.class, rows);
    CsvTable.write(csv, PointRow.class, rows);
    return Python.run(script, parquet.toString(), csv.toString());
  }
}
