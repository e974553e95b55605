package io.dipper.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserExceptionTest {
  @Test
  void message_isOneLine_withControlCharactersAsTheirNumbers() {
    assertThat(new UserException("a\nb\u001b[31mc\r\n")).hasMessage("a b\\u001b[31mc  ");
  }
}
