package io.tidegate.problem;

/**
 * One field of a request that is at fault.
 *
 * @param field a JSON pointer into the body ({@code /messages/2/name}), or the name of a parameter
 *     or header
 * @param message what is wrong with it; never repeats its value
 */
public record FieldProblem(String field, String message) {}
