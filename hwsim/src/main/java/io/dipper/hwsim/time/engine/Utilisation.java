package io.dipper.hwsim.time.engine;

/**
 * How busy the components were: shares of the elapsed time of all tokens, each between 0 and 1.
 *
 * @param flash a read was under way, whether a step waited for it or it went ahead
 * @param port the DRAM's port, its bandwidth taken as a whole: half of it for a second is half a
 *     second
 * @param processor arithmetic, selection, gathering, launches and synchronisation; operands that
 *     are waited for are not its work
 */
public record Utilisation(double flash, double port, double processor) {}
