package io.dipper.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why writing failed: a reader that has gone away ({@code | head})
 * is no error, a full disk is.
 */
public final class StandardOutput {
  private final Remembering stream;
  private final PrintWriter writer;

  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream target) {
    stream = new Remembering(new BufferedOutputStream(target));
    writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }

  public PrintWriter writer() {
    return writer;
  }

  /** Flushes, says what failed if anything did, and returns the exit code: 0, or 1. */
  public int finish(PrintStream err) {
    writer.flush();
    IOException failure = stream.failure;
    if (failure == null || isClosedPipe(failure)) {
      return 0;
    }
    err.println("dipper: standard output: " + failure.getMessage());
    return 1;
  }

  private static boolean isClosedPipe(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("pipe");
  }

  private static final class Remembering extends FilterOutputStream {
    @Nullable IOException failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      remember(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      remember(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      remember(out::flush);
    }

    private void remember(Action action) throws IOException {
      try {
        action.run();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    private interface Action {
      void run() throws IOException;
    }
  }
}
