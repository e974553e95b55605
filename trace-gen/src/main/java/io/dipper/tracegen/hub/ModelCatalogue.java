package io.dipper.tracegen.hub;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dipper.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The models that can be downloaded by name; they stand in the resource {@code models.json}. */
public final class ModelCatalogue {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<HubModel> models;

  private ModelCatalogue(List<HubModel> models) {
    this.models = List.copyOf(models);
  }

  /** The models that Dipper ships with. */
  public static ModelCatalogue builtIn() {
    try (InputStream in = ModelCatalogue.class.getResourceAsStream("models.json")) {
      return new ModelCatalogue(
          MAPPER.readValue(Objects.requireNonNull(in), new TypeReference<List<HubModel>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<HubModel> models() {
    return models;
  }

  /**
   * A model by its name.
   *
   * @throws UserException where there is none; it lists the names
   */
  public HubModel find(String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "unknown model '"
                        + name
                        + "', want one of "
                        + models.stream().map(HubModel::name).collect(Collectors.joining(", "))));
  }
}
