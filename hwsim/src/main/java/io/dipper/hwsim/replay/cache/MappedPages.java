package io.dipper.hwsim.replay.cache;

import io.dipper.error.UserException;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;

/** The declaration of {@link PageCache}, which holds pages of a file for all layers, not units. */
final class MappedPages {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "page-cache",
              "the operating system's pages of the mapped file: two lists, all layers, no cache of"
                  + " units",
              "Linux, mm/vmscan.c")
          .having(Trait.PAGED)
          .by(
              (parameters, context) -> {
                throw new UserException(
                    "cache page-cache holds no units; it works only in replay (simulate, sweep)");
              });

  private MappedPages() {}
}
