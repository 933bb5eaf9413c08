package io.tidegate.session;

/**
 * What a session needs to know of the protocol its client speaks.
 *
 * @param name as the connections list shows it: {@code websocket}, {@code sse}, {@code poll}
 * @param pingSeconds the client hears from us at least this often
 * @param answersPings whether a client that has not been heard for a ping and 15 s is gone
 * @param interactive whether the client can send commands: then a refusal answers one of them, and
 *     the connection itself can be resumed with its key; else a refusal ends the connection
 * @param counted whether it takes one of its tenant's connections as long as it lasts
 */
public record Protocol(
    String name, int pingSeconds, boolean answersPings, boolean interactive, boolean counted) {}
