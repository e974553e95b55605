package io.dipper.hwsim.time.engine;

/** A value that goes up and down as a run goes on. */
public enum Gauge {
  /** Requests of the read that Flash is busy with. */
  FLASH_QUEUE,
  /** Bytes read ahead, or being read, that no step has used yet. */
  BYTES_AHEAD
}
