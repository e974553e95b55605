package io.dipper.cli;

import io.dipper.hwsim.replay.simd.Simd;

/** The command line, which first says on which loops its JVM replays. */
final class LoopsToldMain {
  private LoopsToldMain() {}

  public static void main(String[] arguments) {
    System.err.println(Simd.available() ? "vector loops" : "scalar loops");
    Main.main(arguments);
  }
}
