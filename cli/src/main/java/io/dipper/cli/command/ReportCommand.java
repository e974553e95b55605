package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.result.JoinedResults;
import io.dipper.hwsim.study.result.ResultDirectory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper report}: the page of a result folder, or of several. */
@Command(
    name = "report",
    description = "One self-contained HTML page from the results in a folder, or in several.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  dipper report results",
      "  dipper report masks fewer-bits -o both"
    })
public final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "The folder of a sweep.")
  private List<Path> folders;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "A new folder, in which the results of several are joined.")
  private @Nullable Path output;

  @Override
  public void run() {
    spec.commandLine().getOut().println(HtmlReport.write(results()));
  }

  private ResultDirectory results() {
    if (output == null) {
      if (folders.size() > 1) {
        throw new UserException("report: several folders are joined in a new one; name it with -o");
      }
      return new ResultDirectory(folders.get(0));
    }
    if (folders.size() < 2) {
      throw new UserException("-o: joins several folders, and one is given");
    }
    List<ResultDirectory> parts = folders.stream().map(ResultDirectory::new).toList();
    ResultDirectory joined = new ResultDirectory(output);
    CommandFiles files = new CommandFiles();
    parts.forEach(part -> files.readsAll("DIR", part.written()));
    joined.written().forEach(file -> files.writes("-o", file));
    files.check();
    JoinedResults.write(parts, joined);
    return joined;
  }
}
