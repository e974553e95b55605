package io.dipper.hwsim.study.setting;

import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.table.Column;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.PointConfig;

/** The settings that say what a point runs on. */
final class DeviceSettings {
  static final Setting<AccountingKind> ACCOUNTING =
      Setting.of(
              Spelling.of(
                      "accounting",
                      new NamedValues<>(Accountings.ALL),
                      "How a demand becomes time: des, simulated event by event, or paper, the"
                          + " closed form")
                  .option("--accounting", "KIND"),
              Role.condition(Topic.DEVICE),
              PointConfig::getAccounting,
              PointConfig.Builder::setAccounting)
          .or(AccountingKind.DES)
          .column(
              Column.required("accounting", String.class),
              config -> Accountings.ALL.nameOf(config.getAccounting()));

  static final Setting<Device> HARDWARE =
      Setting.of(
              Spelling.of(
                      "hardware",
                      new Devices(),
                      "The device: a profile's name, or a profile file (dipper hardware list)")
                  .option("--hardware", "P")
                  .example("[paper, apple-a18]"),
              Role.condition(Topic.DEVICE),
              config -> Device.of(config.getHardware()),
              (config, device) -> config.setHardware(device.profile()))
          .named("device", config -> config.getHardware().getName())
          .column(
              Column.required("hardware", String.class), config -> config.getHardware().getName());

  static final Setting<String> BACKEND =
      Setting.of(
              Spelling.of(
                      "backend",
                      new BackendNames(),
                      "What computes, of the backends that the device's profile lists")
                  .option("--backend", "NAME"),
              Role.condition(Topic.DEVICE),
              PointConfig::getBackend,
              PointConfig.Builder::setBackend)
          .or("")
          .column(
              Column.optional("backend", String.class),
              config -> config.getBackend().isEmpty() ? null : config.getBackend());

  private DeviceSettings() {}
}
