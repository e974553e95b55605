package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.table.Column;
import io.dipper.proto.PointConfig;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of {@code points.csv} that tells a setting.
 *
 * @param value what a point has there
 */
public record SettingColumn(Column column, Function<PointConfig, @Nullable Object> value) {}
