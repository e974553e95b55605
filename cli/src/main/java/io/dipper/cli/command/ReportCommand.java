package io.dipper.cli.command;

import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.result.ResultDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper report}: the page of a result folder. */
@Command(
    name = "report",
    description = "One self-contained HTML page from the results in a folder.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  dipper report results"})
public final class ReportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder of a sweep.")
  private Path folder;

  @Override
  public void run() {
    spec.commandLine().getOut().println(HtmlReport.write(new ResultDirectory(folder)));
  }
}
