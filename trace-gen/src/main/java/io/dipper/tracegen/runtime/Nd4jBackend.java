package io.dipper.tracegen.runtime;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J, started once, silently, and without threads of its own: products are cut into tiles that
 * {@link Workers} share, which keeps results independent of the number of threads and {@code
 * --threads} in charge of all of them.
 */
public final class Nd4jBackend {
  private static boolean started;

  private Nd4jBackend() {}

  /** Starts it where it does not run yet. */
  public static synchronized void start() {
    if (started) {
      return;
    }
    // JavaCPP would cap native memory at the Java heap; our own budgets bound it instead.
    setDefault("org.bytedeco.javacpp.maxbytes", "0");
    setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
    setDefault("org.slf4j.simpleLogger.log.org.nd4j", "warn");
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    openblas.blas_set_num_threads(1);
    // Of its loops over elements, which would wait for each other wherever the machine is busy.
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    started = true;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
