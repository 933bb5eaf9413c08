package io.tidegate.scenarios.judge;

/** A message that the gateway says it has: from an acknowledgement or from history. */
public record Sent(String id, Place at) {}
