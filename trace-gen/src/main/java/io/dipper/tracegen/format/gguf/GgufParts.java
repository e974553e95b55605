package io.dipper.tracegen.format.gguf;

import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a model that was split: {@code NAME-00001-of-00003.gguf} and so on, side by side.
 * The first holds the metadata; each says its number ({@code split.no}, from 0 on), how many there
 * are ({@code split.count}), and how many tensors they hold together ({@code split.tensors.count}).
 */
public final class GgufParts {
  private static final String NUMBER = "split.no";
  private static final String COUNT = "split.count";
  private static final String TENSORS = "split.tensors.count";
  private static final Pattern NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

  private final GgufFile some;
  private final Path given;
  private final int count;
  private final int tensorCount;
  private final Map<String, GgufTensor> tensors = new LinkedHashMap<>();

  /** The parts of the model that some file is one of. */
  private GgufParts(GgufFile some) {
    this.some = some;
    this.given = some.path();
    this.count = count(some);
    this.tensorCount = some.metadata().whole(TENSORS, 0, -1);
  }

  /** How many files a model has, by what one of them says. */
  private static int count(GgufFile part) {
    return Math.max(1, part.metadata().whole(COUNT, 0, 1));
  }

  /** Which of them a file is, from 1 on. */
  private static int number(GgufFile part) {
    return 1 + part.metadata().whole(NUMBER, 0, 0);
  }

  /** What a file calls its model: its name without the number of the part, and without .gguf. */
  static String modelName(Path file) {
    String name = String.valueOf(file.getFileName());
    Matcher numbered = NAME.matcher(name);
    return numbered.matches() ? numbered.group(1) : name.replaceFirst("\\.gguf$", "");
  }

  /** The pattern of the names of all parts of a model, if a file is called like one of them. */
  public static Optional<String> namedAlike(Path file) {
    Matcher numbered = NAME.matcher(String.valueOf(file.getFileName()));
    return numbered.matches()
        ? Optional.of(
            numbered.group(1).replaceAll("[\\\\*?\\[\\]{}]", "?")
                + "-?????-of-"
                + numbered.group(3)
                + ".gguf")
        : Optional.empty();
  }

  /**
   * The model that a file belongs to, its other parts read from beside it.
   *
   * @throws UserException if one is missing, or belongs to another model
   */
  static GgufFile complete(GgufFile part) {
    return count(part) == 1 ? part : new GgufParts(part).read();
  }

  private GgufFile read() {
    String model = requireName();
    List<GgufFile> parts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      Path file = given.resolveSibling(name(model, number));
      parts.add(part(file, number));
    }
    if (tensorCount >= 0 && tensors.size() != tensorCount) {
      throw UserException.in(
          given,
          "its %d parts hold %d tensors together, expected the %d of %s: parts of different models?"
              .formatted(count, tensors.size(), tensorCount, TENSORS));
    }
    GgufFile first = parts.get(0);
    requireOneModel(first, parts);
    List<MappedFile> files = parts.stream().flatMap(part -> part.files().stream()).toList();
    return new GgufFile(first.encoding(), first.metadata(), tensors, files);
  }

  /** The name of the model, if the given file is called what its part of it has to be called. */
  private String requireName() {
    Matcher name = NAME.matcher(String.valueOf(given.getFileName()));
    int number = number(some);
    if (!name.matches()
        || Integer.parseInt(name.group(2)) != number
        || Integer.parseInt(name.group(3)) != count) {
      throw UserException.in(
          given,
          "is part %d of %d of a model, expected a name that ends in %s, the others beside it"
              .formatted(number, count, name("", number)));
    }
    return name.group(1);
  }

  private String name(String model, int number) {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", model, number, count);
  }

  private GgufFile part(Path file, int number) {
    if (!Files.exists(file)) {
      throw UserException.in(
          given, "is one of %d parts of a model; %s is missing".formatted(count, file));
    }
    MappedFile mapped = MappedFile.open(file);
    if (!GgufFile.isGguf(mapped)) {
      throw UserException.in(file, "does not begin with GGUF, expected " + part(number));
    }
    GgufFile part = GgufFile.openAlone(mapped);
    if (count(part) != count || number(part) != number) {
      throw UserException.in(
          file,
          "is part %d of %d, expected %s: parts of different models?"
              .formatted(number(part), count(part), part(number)));
    }
    int sum = part.metadata().whole(TENSORS, 0, tensorCount);
    if (sum != tensorCount) {
      throw UserException.in(
          file,
          "says that all parts hold %d tensors, %s says %d: parts of different models?"
              .formatted(sum, given, tensorCount));
    }
    part.tensors().forEach(this::add);
    return part;
  }

  private String part(int number) {
    return "part %d of %d".formatted(number, count);
  }

  private void add(GgufTensor tensor) {
    GgufTensor other = tensors.put(tensor.name(), tensor);
    if (other != null) {
      throw UserException.in(
          tensor.file().path(),
          "holds tensor %s, as %s does: parts of different models?"
              .formatted(Visible.shortLine(tensor.name()), other.file().path()));
    }
  }

  /** Later parts need not say what they belong to; where they do, it has to be the same. */
  private static void requireOneModel(GgufFile first, List<GgufFile> parts) {
    for (GgufFile part : parts) {
      for (String key : List.of("general.architecture", "general.name")) {
        Optional<GgufValue> there = Optional.ofNullable(part.metadata().entries().get(key));
        Optional<GgufValue> expected = Optional.ofNullable(first.metadata().entries().get(key));
        if (there.isPresent() && expected.isPresent() && !there.equals(expected)) {
          throw part.metadata().wrong(key, "%s as in %s".formatted(expected.get(), first.path()));
        }
      }
      if (part.encoding().bigEndian() != first.encoding().bigEndian()) {
        throw UserException.in(part.path(), "has another byte order than " + first.path());
      }
    }
  }
}
