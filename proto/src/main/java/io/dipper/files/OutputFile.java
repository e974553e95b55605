package io.dipper.files;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * An output that one run at a time writes, and that is whole or not there: its bytes go to a file
 * beside it, which {@link #commit} forces to the disk and gives the name. Without that, {@link
 * #close} removes them. A link stays a link, and the permissions of a file that is replaced stay.
 *
 * <p>A pipe or a device is written to as it is. Safe for use by many threads, but for its channel.
 */
public final class OutputFile implements AutoCloseable {
  /** What becomes of a file that is there already. */
  public enum Existing {
    REPLACED,
    /** Refused, with the hint to give {@code --force}. */
    REFUSED
  }

  private final OutputPlace place;
  private final boolean recording;
  private final Path partial;
  private final @Nullable LockedFile locked;
  private final FileChannel channel;
  private boolean ended;
  private boolean abandoned;

  private OutputFile(
      OutputPlace place,
      boolean recording,
      Path partial,
      @Nullable LockedFile locked,
      FileChannel channel) {
    this.place = place;
    this.recording = recording;
    this.partial = partial;
    this.locked = locked;
    this.channel = channel;
    OpenOutputs.add(this);
  }

  /**
   * Begins a file in a folder of results, which is the command's own: a model or a trace is never
   * replaced by it, nor what a link leads to that lies outside of the folder; anything else is.
   *
   * @throws UserException if the place cannot be written, or another run is writing it
   */
  public static OutputFile result(Path file) {
    OutputPlace place = OutputPlace.of(file);
    if (place.kind() == OutputPlace.Kind.FILE && place.isElsewhere()) {
      throw UserException.in(
          file,
          "is a link to "
              + place.real()
              + ", which would be written over, and nobody named it; remove the link");
    }
    return result(file, Existing.REPLACED, null);
  }

  /**
   * Begins a file of results that a user has named.
   *
   * @param kind of files that it replaces
   * @throws UserException if the place cannot be written, holds a file of another kind, or another
   *     run is writing it
   */
  public static OutputFile result(Path file, Existing existing, @Nullable FileKind kind) {
    OutputPlace place = OutputPlace.of(file);
    try {
      if (place.isSpecial()) {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        return new OutputFile(place, false, file, null, channel);
      }
      if (place.kind() == OutputPlace.Kind.FILE
          && Partial.isModelOrTrace(place.real())
          && (kind == null || !kind.replaces(place.real()))) {
        throw UserException.in(
            file, "is a model or a trace, which results do not replace; name another file");
      }
      return begin(place, kind, Partial.ofResult(place.real()), existing);
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  /**
   * Begins a recording: large, dear, and read in place later, so that only a file will do. It
   * replaces a recording, and nothing else.
   *
   * @throws UserException if the place cannot be written, holds something else than a recording, or
   *     another run is writing it
   */
  public static OutputFile recording(Path file, Existing existing) {
    OutputPlace place = OutputPlace.of(file);
    if (place.isSpecial()) {
      throw UserException.in(
          file, "is a pipe or a device, and a trace is read in place; name a file");
    }
    try {
      return begin(place, FileKind.TRACE, Partial.ofRecording(place.real()), existing);
    } catch (IOException e) {
      throw CannotWrite.error(file, e);
    }
  }

  private static OutputFile begin(
      OutputPlace place, @Nullable FileKind kind, Path partial, Existing existing)
      throws IOException {
    boolean recording = kind == FileKind.TRACE;
    refuse(place, existing, kind);
    Partial.checkPlace(partial);
    LockedFile locked =
        LockedFile.of(partial)
            .orElseThrow(
                () ->
                    UserException.in(
                        place.named(), "another run is writing it; wait, or name another file"));
    try {
      refuse(place, existing, kind); // the run before may have finished just now
      if (recording) {
        Partial.checkLeftover(partial, locked.channel());
      }
      locked.channel().truncate(0);
    } catch (IOException | UserException e) {
      locked.release();
      throw e;
    }
    return new OutputFile(place, recording, partial, locked, locked.channel());
  }

  private static void refuse(OutputPlace place, Existing existing, @Nullable FileKind kind)
      throws IOException {
    if (!Files.exists(place.real())) {
      return;
    }
    if (kind != null && !kind.replaces(place.real())) {
      throw UserException.in(
          place.named(),
          "is there already and is not "
              + kind.article()
              + ", the one thing that is replaced here; name another file");
    }
    if (existing == Existing.REFUSED) {
      throw UserException.in(place.named(), "is there already; --force replaces it");
    }
  }

  /** Whether an output goes into a pipe or a device, whose name says nothing of its content. */
  public static boolean isPipeOrDevice(Path file) {
    return OutputPlace.find(file).isSpecial();
  }

  /** The file as the user named it. */
  public Path path() {
    return place.named();
  }

  boolean isRecording() {
    return recording;
  }

  /** Where the bytes go, to be written one after another. */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Gives the file its name; all of it must have been written.
   *
   * @throws UserException if the system refuses
   */
  public synchronized void commit() {
    if (ended || abandoned) {
      throw UserException.in(path(), "was interrupted while it was written");
    }
    try {
      if (locked != null) {
        channel.force(true);
        keepPermissions();
        requireName(locked);
      }
    } catch (IOException e) {
      throw CannotWrite.error(path(), e);
    }
    if (locked != null) {
      rename();
    }
    end();
  }

  private void requireName(LockedFile held) throws IOException {
    if (!held.hasItsName()) {
      throw UserException.in(
          path(), partial.getFileName() + " was removed while it was written; run it again");
    }
  }

  private void rename() {
    try {
      Files.move(
          partial,
          place.real(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      end();
      throw new UserException(path() + ": cannot be replaced; all of it is in " + partial, e);
    }
  }

  /** A file that replaces another is as readable as that. */
  private void keepPermissions() throws IOException {
    PosixFileAttributeView now =
        Files.getFileAttributeView(place.real(), PosixFileAttributeView.class);
    PosixFileAttributeView next = Files.getFileAttributeView(partial, PosixFileAttributeView.class);
    if (now != null && next != null && Files.exists(place.real())) {
      next.setPermissions(now.readAttributes().permissions());
    }
  }

  /**
   * Removes what was written, unless it has its name, while others may still be writing: they are
   * not told, as the process ends.
   *
   * @return whether there was anything to remove
   */
  synchronized boolean abandon() {
    if (ended || abandoned) {
      return false;
    }
    abandoned = true;
    try {
      if (locked != null) {
        locked.delete();
      }
    } catch (IOException e) {
      // The next run of this output takes it over.
    }
    return true;
  }

  private void end() {
    ended = true;
    OpenOutputs.remove(this);
    try {
      if (locked != null) {
        locked.close();
      } else {
        channel.close();
      }
    } catch (IOException e) {
      // All that was to be kept was forced to the disk before.
    }
  }

  /** Removes what was written, unless it was committed. */
  @Override
  public synchronized void close() {
    if (!ended) {
      abandon();
      end();
    }
  }
}
