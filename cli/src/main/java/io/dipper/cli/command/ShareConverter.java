package io.dipper.cli.command;

import io.dipper.config.Shares;
import io.dipper.error.UserException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A share in any of its spellings: {@code 0.75}, {@code 75%}. */
final class ShareConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      return Shares.parse(text);
    } catch (UserException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
