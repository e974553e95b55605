package io.dipper.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.error.JsonFaults;
import io.dipper.error.UserException;
import io.dipper.error.Visible;
import io.dipper.files.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One safetensors file: eight bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>Every range in the header is checked against the file before it is believed.
 */
public final class SafetensorsFile {
  /** The limit of the format's reference implementation. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final MappedFile file;
  private final long dataStart;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(MappedFile file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  /**
   * Reads the header.
   *
   * @throws UserException if it is not one, or points outside the file
   */
  public static SafetensorsFile open(Path path) {
    return open(MappedFile.open(path));
  }

  /** Opens a file that is mapped already. */
  public static SafetensorsFile open(MappedFile file) {
    Path path = file.path();
    if (file.size() < Long.BYTES) {
      throw UserException.in(path, "is " + file.size() + " bytes long, too short for safetensors");
    }
    byte[] prefix = new byte[Long.BYTES];
    file.read(0, prefix, 0, prefix.length);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > file.size() - Long.BYTES) {
      throw UserException.in(
          path,
          "says its header is %s bytes long, expected 2 to %d: not a whole safetensors file"
              .formatted(
                  Long.toUnsignedString(length),
                  Math.min(LONGEST_HEADER, file.size() - Long.BYTES)));
    }
    byte[] header = new byte[(int) length];
    file.read(Long.BYTES, header, 0, header.length);
    var opened = new SafetensorsFile(file, Long.BYTES + length);
    opened.readHeader(header);
    return opened;
  }

  public MappedFile file() {
    return file;
  }

  /** The tensors by name, in file order. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** The header's free text entries. */
  public Map<String, String> metadata() {
    return metadata;
  }

  private void readHeader(byte[] bytes) {
    JsonNode header = header(bytes);
    if (!header.isObject()) {
      throw UserException.in(file.path(), "header is no JSON object");
    }
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        entry.getValue().properties().forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
      }
    }
    requireGapless();
  }

  private JsonNode header(byte[] bytes) {
    try {
      // As text: from bytes the parser would guess an encoding, and the format knows one alone.
      return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      String why = JsonFaults.firstLine(e);
      throw new UserException(
          file.path()
              + (why.startsWith("Duplicate")
                  ? ": header has a name twice"
                  : ": header is no JSON: " + why),
          e);
    }
  }

  /**
   * The format wants each byte behind the header to belong to one tensor: a range that two share,
   * or that none names, is the mark of a damaged or forged file.
   */
  private void requireGapless() {
    List<StoredTensor> inOrder =
        tensors.values().stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::position)
                    .thenComparingLong(StoredTensor::bytes))
            .toList();
    long end = dataStart;
    String before = "the header";
    for (StoredTensor tensor : inOrder) {
      if (tensor.position() != end) {
        throw bad(
            tensor.name(),
            "begins at byte %d of the data, expected %d, where %s ends: tensors %s"
                .formatted(
                    tensor.position() - dataStart,
                    end - dataStart,
                    before,
                    tensor.position() < end ? "overlap" : "leave a hole"));
      }
      end = tensor.position() + tensor.bytes();
      before = Visible.shortLine(tensor.name());
    }
    if (end != file.size()) {
      throw UserException.in(
          file.path(),
          "has %d bytes behind its last tensor, expected none".formatted(file.size() - end));
    }
  }

  private StoredTensor tensor(String name, JsonNode entry) {
    List<Long> shape = longs(name, entry.path("shape"), "shape");
    List<Long> offsets = longs(name, entry.path("data_offsets"), "data_offsets");
    String dtype = entry.path("dtype").asText();
    long available = file.size() - dataStart;
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > available) {
      throw bad(
          name, "has data_offsets " + offsets + ", expected [begin, end] within " + available);
    }
    long bytes = offsets.get(1) - offsets.get(0);
    int width = ElementWidths.of(dtype);
    if (width > 0 && bytes != elements(name, shape) * width) {
      throw bad(name, "takes " + bytes + " bytes, which does not fit " + dtype + " " + shape);
    }
    return new StoredTensor(name, dtype, shape, file, dataStart + offsets.get(0), bytes);
  }

  private long elements(String name, List<Long> shape) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension != 0 && product > file.size() / dimension) {
        throw bad(name, "has shape " + shape + ", more than the file holds");
      }
      product *= dimension;
    }
    return product;
  }

  private List<Long> longs(String name, JsonNode node, String key) {
    var values = new ArrayList<Long>();
    for (JsonNode value : node) {
      if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
        throw bad(name, "has a " + key + " that is no list of whole numbers");
      }
      values.add(value.asLong());
    }
    if (!node.isArray()) {
      throw bad(name, "has no " + key);
    }
    return values;
  }

  private UserException bad(String tensor, String what) {
    return UserException.in(file.path(), "tensor " + Visible.shortLine(tensor) + " " + what);
  }
}
