package io.dipper.hwsim.study.point;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A point of {@code testdata/golden/bookworm.replay.json}, in the terms of the project. */
public final class GoldenPoint {
  private static final List<String> PARAMETERS =
      List.of(
          "density", "keep_x", "keep_h", "keep", "gamma", "warm_up", "top_m_ratio", "fixed_ratio");

  private GoldenPoint() {}

  /** Its policy as a command line writes it: {@code name:key=value,key=value}. */
  public static String policy(JsonNode point) {
    List<String> parameters = new ArrayList<>();
    for (String key : PARAMETERS) {
      if (point.has(key)) {
        parameters.add(key + "=" + point.get(key).asText());
      }
    }
    if (point.path("fixed_top_half").asBoolean()) {
      parameters.add("fixed_top=0.5");
    }
    String name = point.get("policy").asText();
    return parameters.isEmpty() ? name : name + ":" + String.join(",", parameters);
  }
}
