package io.tidegate.settings;

/**
 * A setting that stops the start. The message is one line for the person who starts the gateway.
 */
@SuppressWarnings("serial")
public final class SettingsException extends RuntimeException {
  public SettingsException(String message) {
    super(message, null, false, false);
  }
}
