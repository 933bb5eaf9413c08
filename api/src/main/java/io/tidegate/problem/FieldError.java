package io.tidegate.problem;

/**
 * One fault of a request.
 *
 * @param field a JSON pointer into the body such as {@code /messages/2/name}, or the name of a
 *     parameter or header
 * @param message what it should be, for people; never holds the value
 */
public record FieldError(String field, String message) {}
