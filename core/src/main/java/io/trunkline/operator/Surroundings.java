package io.trunkline.operator;

import io.trunkline.value.TimeSource;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a program finds around it.
 *
 * @param environment the variables by name, null for those that are not there
 * @param time the clock
 * @param out where answers are written
 * @param err where problems are written
 */
record Surroundings(UnaryOperator<@Nullable String> environment, TimeSource time, PrintStream out, PrintStream err) {}
