package io.dipper.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, and of the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "dipper " + io.dipper.hwsim.study.result.Version.current(), "Java " + Runtime.version()
    };
  }
}
