package io.trunkline.sync;

/**
 * What a sink is opened for.
 *
 * @param name the stream's name, the same in each run: job and partition
 * @param type the records' type in the platform's own words
 * @param fence rises with each run that takes over from another; a sink that keeps cursors refuses a smaller one
 */
public record SinkStream(String name, String type, long fence) {}
