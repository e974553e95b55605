package io.dipper.cli.console;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import io.dipper.registry.PluginFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Every failure as one line on standard error and an exit code: 2 for what the user can mend, 1 for
 * the rest. A stack trace goes to a file only.
 */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String UNMAPPABLE =
      "a file's name has characters that this locale lacks; set LC_ALL=C.UTF-8";

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    if (failure.getCause() instanceof UserException cause) {
      return say(command.getErr(), cause.getMessage(), ExitCode.USAGE);
    }
    Optional<String> misspelt = unknownOption(command.getCommandSpec(), args);
    if (failure instanceof MissingParameterException && misspelt.isPresent()) {
      // An option that seems to be missing may only be misspelt; that is the better message.
      failure = new UnmatchedArgumentException(command, List.of(misspelt.get()));
    }
    if (hasCause(failure, InvalidPathException.class)
        || String.valueOf(failure.getMessage()).contains("InvalidPathException")) {
      return say(command.getErr(), UNMAPPABLE, ExitCode.USAGE);
    }
    String help = " (" + command.getCommandSpec().qualifiedName() + " --help)";
    return say(
        command.getErr(), plain(failure.getMessage()) + suggestion(failure) + help, ExitCode.USAGE);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  /** The parser's words without its own terms and without names of classes. */
  private static String plain(@Nullable String message) {
    return String.valueOf(message)
        .replaceAll("positional parameter at index [0-9.]+ \\(<?([^<>()]*)>?\\)", "$1")
        .replaceAll("Missing required parameters?: '<?([^<>']*)>?'", "$1 is missing")
        .replaceAll("cannot convert ('[^']*') to [^()]+ \\(.*\\)$", "$1 cannot be read")
        .replaceAll("^Error: (.*) are mutually exclusive .*$", "$1 exclude each other; give one")
        .replaceAll("'([^']*)' is not an? (int|long)$", "'$1' is no whole number")
        .replaceAll("'([^']*)' is not an? (double|float)$", "'$1' is no number");
  }

  private static Optional<String> unknownOption(CommandSpec command, String[] args) {
    return Arrays.stream(args)
        .filter(word -> word.startsWith("--"))
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(name -> !command.optionsMap().containsKey(name))
        .findFirst();
  }

  /** The nearest option or command, where one was misspelt. */
  private static String suggestion(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String given = unmatched.getUnmatched().get(0);
    Collection<String> valid =
        unmatched.isUnknownOption()
            ? command.optionsMap().keySet().stream().filter(name -> name.length() > 2).toList()
            : command.subcommands().keySet();
    return valid.isEmpty() ? "" : "; " + Nearest.hint(given, valid);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    return handle(failure, command.getErr());
  }

  /** Says what went wrong; also for errors that are no exceptions. */
  public int handle(Throwable failure, PrintWriter err) {
    Throwable cause = unwrap(failure);
    if (cause instanceof UserException) {
      return say(err, cause.getMessage(), isFull(cause) ? ExitCode.SOFTWARE : ExitCode.USAGE);
    }
    if (cause instanceof OutOfMemoryError) {
      String hint = "; give the JVM more, e.g. DIPPER_JAVA_OPTS=-Xmx8g";
      return say(err, "out of memory (" + cause.getMessage() + ")" + hint, ExitCode.SOFTWARE);
    }
    Optional<String> plugin = PluginFailure.in(failure);
    if (plugin.isPresent()) {
      return say(err, plugin.get() + details(failure), ExitCode.SOFTWARE);
    }
    if (cause instanceof IOException && isFull(cause)) {
      return say(err, cause.getMessage(), ExitCode.SOFTWARE);
    }
    if (cause instanceof StackOverflowError) {
      String hint = "the input is nested too deeply; DIPPER_JAVA_OPTS=-Xss16m allows more";
      return say(err, hint, ExitCode.SOFTWARE);
    }
    if (cause instanceof InvalidPathException) {
      return say(err, UNMAPPABLE, ExitCode.USAGE);
    }
    if (cause instanceof CharacterCodingException) {
      return say(err, "the input is not UTF-8 text", ExitCode.USAGE);
    }
    if (cause instanceof FileSystemException file) {
      return say(err, file.getFile() + ": " + reason(file), ExitCode.USAGE);
    }
    return say(err, "internal error: " + cause + details(failure), ExitCode.SOFTWARE);
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null
        && (inner instanceof UncheckedIOException
            || inner instanceof ExecutionException
            || inner instanceof CompletionException
            || inner instanceof ExceptionInInitializerError)) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static boolean isFull(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return Stream.of("no space left", "quota exceeded", "file too large")
        .anyMatch(message::contains);
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "is there already, and is not a folder";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "its links lead in a circle";
    }
    return failure.getReason() == null ? "cannot be read or written" : failure.getReason();
  }

  private static String details(Throwable failure) {
    try {
      Path log = Files.createTempFile("dipper-error-", ".log");
      try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
        failure.printStackTrace(writer);
      }
      return "; details in " + log;
    } catch (IOException e) {
      return "; its details could not be written (" + e + ")";
    }
  }

  private static int say(PrintWriter err, @Nullable String what, int exit) {
    String line = String.valueOf(what).strip().replaceAll("\\s*\\R\\s*", " ");
    err.println("dipper: " + line);
    return exit;
  }
}
