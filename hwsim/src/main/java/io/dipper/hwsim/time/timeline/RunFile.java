package io.dipper.hwsim.time.timeline;

import io.dipper.hwsim.time.engine.EngineListener;

/** A file of a run: it hears what happens, and writes what it still holds when it is closed. */
interface RunFile extends EngineListener, AutoCloseable {
  @Override
  void close();
}
