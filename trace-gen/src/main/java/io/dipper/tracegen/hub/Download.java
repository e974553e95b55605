package io.dipper.tracegen.hub;

import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.Room;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The download of one file, that can be tried again and again: each attempt goes on where the last
 * one ended, in {@code NAME.partial}. Only what has the right digest gets the file's name.
 */
final class Download {
  private static final int CHUNK = 1 << 16;

  private final HubConnection hub;
  private final HubModel model;
  private final HubFile file;
  private final Path target;
  private final Path partial;
  private final Progress progress;

  Download(HubConnection hub, HubModel model, HubFile file, Path folder, Progress progress) {
    this.hub = hub;
    this.model = model;
    this.file = file;
    this.target = folder.resolve(file.fileName());
    this.partial = folder.resolve(file.fileName() + ".partial");
    this.progress = progress;
  }

  Path target() {
    return target;
  }

  /**
   * Downloads the file, or what is left of it, once.
   *
   * @throws IOException where another attempt may succeed
   * @throws UserException where none will
   */
  void attempt() throws IOException {
    if (file.sha256() != null && Files.exists(target)) {
      if (matches(target, FileDigest.sha256(file.sha256()))) {
        return;
      }
    }
    long have = Files.exists(partial) ? Files.size(partial) : 0;
    HubConnection.Answer answer = hub.get(hub.resolve(model, file), have);
    try {
      FileDigest digest = expected(answer);
      if (Files.exists(target) && matches(target, digest)) {
        return;
      }
      refuseLink();
      boolean resumed = have > 0 && answer.status() == 206 && answer.rangeStart() == have;
      boolean nothingLeft = have > 0 && answer.status() == 416;
      if (resumed || answer.status() == 200) {
        receive(answer, resumed ? have : 0);
      } else if (!nothingLeft) {
        Files.deleteIfExists(partial);
        throw new IOException("the server sent another part than was asked for");
      }
      finish(digest, resumed || nothingLeft);
    } finally {
      answer.connection().disconnect();
    }
  }

  /** What a link leads to was not downloaded here, and is not replaced. */
  private void refuseLink() {
    if (Files.isSymbolicLink(target)) {
      throw UserException.in(target, "is a link to another file; remove it, or name another place");
    }
  }

  private FileDigest expected(HubConnection.Answer answer) throws IOException {
    refuse(answer);
    Optional<FileDigest> known = Optional.ofNullable(file.sha256()).map(FileDigest::sha256);
    if (known.isPresent() && answer.digest().filter(d -> !d.gitBlob()).isPresent()) {
      checkSame(known.get(), answer.digest().get());
    }
    return known
        .or(answer::digest)
        .orElseThrow(
            () ->
                error("the hub names no digest of it, so it could not be checked; not downloaded"));
  }

  /** Told before gigabytes are downloaded in vain. */
  private void checkSame(FileDigest known, FileDigest named) {
    if (!known.equals(named)) {
      throw error("the hub now has another file: SHA-256 " + named.hex() + ", want " + known.hex());
    }
  }

  private void refuse(HubConnection.Answer answer) throws IOException {
    int status = answer.status();
    switch (status) {
      case 200, 206, 416 -> {}
      case 401, 403 ->
          throw error(
              "the hub refuses it (HTTP "
                  + status
                  + "); accept the licence at "
                  + hub.page(model)
                  + " and set HF_TOKEN");
      case 404, 410 -> throw error("there is no such file on the hub (HTTP " + status + ")");
      default -> {
        if (status == 408 || status == 429 || status >= 500) {
          throw new IOException("HTTP " + status);
        }
        throw error("the hub answers HTTP " + status);
      }
    }
  }

  private void receive(HubConnection.Answer answer, long from) throws IOException {
    long length = answer.connection().getContentLengthLong();
    if (length > 0) {
      Room.require(partial, length, "make room");
    }
    progress.start("downloading " + file.fileName(), "bytes", length < 0 ? -1 : from + length);
    progress.advance(from);
    long received = 0;
    try (InputStream in = answer.connection().getInputStream();
        OutputStream out = partialFrom(from)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        write(out, chunk, n);
        received += n;
        progress.advance(n);
      }
    }
    if (length >= 0 && received < length) {
      throw new IOException("the connection was cut");
    }
  }

  private OutputStream partialFrom(long from) {
    try {
      // A link in its place would lead to somebody's file.
      return Files.newOutputStream(
          partial,
          StandardOpenOption.CREATE,
          from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** A full disk is not to be tried again. */
  private void write(OutputStream out, byte[] chunk, int n) {
    try {
      out.write(chunk, 0, n);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /**
   * Gives the file its name if its digest is right. If it is not, the part from earlier attempts
   * may be of another version: then it is worth to begin anew.
   */
  private void finish(FileDigest digest, boolean pieced) throws IOException {
    String actual = digest.of(partial);
    if (!actual.equals(digest.hex())) {
      Files.delete(partial);
      String wrong =
          String.format("its %s is %s, want %s", digest.algorithm(), actual, digest.hex());
      if (pieced) {
        throw new IOException(wrong);
      }
      throw error(wrong + "; nothing was kept");
    }
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean matches(Path path, FileDigest digest) throws IOException {
    return digest.of(path).equals(digest.hex());
  }

  private UserException error(String what) {
    return new UserException(hub.resolve(model, file) + ": " + what);
  }

  private UserException cannotWrite(IOException cause) {
    return CannotWrite.error(partial, cause);
  }
}
