package io.dipper.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.dipper.testing.OnOneJdk;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which module may use which, and that packages form no cycle. This module sees them all. */
@OnOneJdk
class ArchitectureTest {
  private static final String HWSIM = "io.dipper.hwsim..";
  private static final String TRACE_GEN = "io.dipper.tracegen..";
  private static final String VERIFIER = "io.dipper.verifier..";
  private static final String CLI = "io.dipper.cli..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new NoTestJars())
          .importPackages("io.dipper");

  /** proto is what belongs to no other module: messages, traces, errors, configuration. */
  private static final DescribedPredicate<JavaClass> PROTO =
      resideInAnyPackage("io.dipper..")
          .and(resideOutsideOfPackages(HWSIM, TRACE_GEN, VERIFIER, CLI))
          .as("proto");

  @Test
  void proto_dependsOnNoSibling() {
    noClasses()
        .that(PROTO)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HWSIM, TRACE_GEN, VERIFIER, CLI)
        .check(ALL);
  }

  @Test
  void hwsim_dependsOnProtoOnly() {
    noClasses()
        .that()
        .resideInAPackage(HWSIM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TRACE_GEN, VERIFIER, CLI)
        .check(ALL);
  }

  @Test
  void traceGen_dependsOnProtoOnly() {
    noClasses()
        .that()
        .resideInAPackage(TRACE_GEN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HWSIM, VERIFIER, CLI)
        .check(ALL);
  }

  @Test
  void verifier_knowsNoCommand() {
    noClasses()
        .that()
        .resideInAPackage(VERIFIER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CLI)
        .check(ALL);
  }

  @Test
  void nd4j_isOutOfReachOfTheSimulator() {
    noClasses()
        .that(PROTO.or(resideInAnyPackage(HWSIM)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
        .check(ALL);
  }

  /** Spark is large and optional: only its own module, which is not in this build, knows it. */
  @Test
  void spark_isKnownToNobodyHere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "io.dipper.spark..")
        .check(ALL);
  }

  /**
   * What is selected, hit and fetched depends on no device, and on nothing else of the simulator.
   */
  @Test
  void replay_reachesNoOtherWing() {
    wing("replay").reachesOnly("replay");
  }

  @Test
  void time_reachesReplayAndTablesOnly() {
    wing("time").reachesOnly("time", "replay", "table");
  }

  /** What a device is to do can be walked by others than the simulated device, at their prices. */
  @Test
  void schedule_knowsNoDeviceAndNoSeconds() {
    String schedule = "io.dipper.hwsim.time.schedule..";
    noClasses()
        .that()
        .resideInAPackage(schedule)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dipper.hwsim.time.device..",
            "io.dipper.hwsim.time.engine..",
            "io.dipper.hwsim.time.accounting..")
        .check(ALL);
    noMembers()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(schedule)
        .should()
        .haveNameMatching(".*([sS]econds|Ps)")
        .check(ALL);
  }

  @Test
  void profile_reachesNoOtherWing() {
    wing("profile").reachesOnly("profile");
  }

  /** What is executed is the schedule and its replay; no question about points is asked there. */
  @Test
  void execute_reachesReplayTimeAndTheMachineOnly() {
    wing("execute").reachesOnly("execute", "replay", "time", "machine", "table");
  }

  @Test
  void table_reachesNoWing() {
    wing("table").reachesOnly("table");
  }

  /** Synthetic traces are measured by replaying them, and know nothing of time. */
  @Test
  void synth_reachesReplayProfileAndTablesOnly() {
    wing("synth").reachesOnly("synth", "replay", "profile", "table");
  }

  private static Wing wing(String name) {
    return new Wing(name);
  }

  /** One of the simulator's top-level packages. */
  private record Wing(String name) {
    void reachesOnly(String... allowed) {
      String[] packages =
          Arrays.stream(allowed)
              .map(wing -> "io.dipper.hwsim." + wing + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.dipper.hwsim." + name + "..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(HWSIM).and(resideOutsideOfPackages(packages)).as("other wings"))
          .check(ALL);
    }
  }

  @Test
  void packages_formNoCycle() {
    slices().matching("io.dipper.(**)").should().beFreeOfCycles().check(ALL);
  }

  /** A rule over nothing would hold: every module must have been seen. */
  @Test
  void everyModule_isAnalysed() {
    for (String module :
        new String[] {
          HWSIM,
          TRACE_GEN,
          VERIFIER,
          CLI,
          "io.dipper.trace..",
          "io.dipper.hwsim.replay..",
          "io.dipper.hwsim.time..",
          "io.dipper.hwsim.time.schedule..",
          "io.dipper.hwsim.profile..",
          "io.dipper.hwsim.table..",
          "io.dipper.hwsim.synth..",
          "io.dipper.hwsim.execute.."
        }) {
      assertThat(ALL.that(resideInAnyPackage(module))).as(module).isNotEmpty();
    }
  }

  /** Leaves out what a test jar brings. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/io/dipper/testing/");
    }
  }
}
