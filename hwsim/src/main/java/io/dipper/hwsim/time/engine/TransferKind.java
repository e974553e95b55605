package io.dipper.hwsim.time.engine;

/** Why bytes move, on Flash, through the DRAM's port or beside it. */
public enum TransferKind {
  /** Flash reads what a step has just asked for. */
  FLASH_DEMAND,
  /** Flash reads what was known ahead. */
  FLASH_STREAM,
  /** Flash reads what a mask that is not known yet may select. */
  FLASH_GUESS,
  /** The processor reads what is cached or resident in DRAM, the KV cache included. */
  DRAM_READ,
  /** The processor reads what was fetched. */
  DRAM_READ_FETCHED,
  /** The processor reads what lies in VRAM. */
  VRAM_READ,
  /** What was fetched passes the link between DRAM and VRAM, and is not read from DRAM. */
  LINK,
  /** What comes from Flash is written. */
  DRAM_WRITE
}
