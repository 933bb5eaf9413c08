package io.tidegate.cli;

/** A command that was not carried out. The message is one line for whoever has run it. */
@SuppressWarnings("serial")
final class CommandException extends RuntimeException {
  CommandException(String message) {
    super(message, null, false, false);
  }
}
