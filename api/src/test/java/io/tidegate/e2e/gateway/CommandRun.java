package io.tidegate.e2e.gateway;

/**
 * What came of a command.
 *
 * @param output all it said, standard output and error
 */
public record CommandRun(int exit, String output) {}
