package io.dipper.cli.command;

import java.io.PrintWriter;
import java.util.List;

/** Warnings of a device's numbers, on standard error before anything is decided by them. */
final class ProfileNotes {
  private ProfileNotes() {}

  static void print(String profile, List<String> warnings, PrintWriter err) {
    warnings.forEach(warning -> err.println("warning: " + profile + ": " + warning));
    err.flush();
  }
}
