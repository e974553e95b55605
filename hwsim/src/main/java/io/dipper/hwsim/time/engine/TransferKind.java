package io.dipper.hwsim.time.engine;

/** Why bytes move, on Flash or through the DRAM's port. */
public enum TransferKind {
  /** Flash reads what a step has just asked for. */
  FLASH_DEMAND,
  /** Flash reads what was known ahead. */
  FLASH_STREAM,
  /** Flash reads what a mask that is not known yet may select. */
  FLASH_GUESS,
  /** The processor reads what is cached or resident, the KV cache included. */
  DRAM_READ,
  /** The processor reads what was fetched. */
  DRAM_READ_FETCHED,
  /** What comes from Flash is written. */
  DRAM_WRITE
}
