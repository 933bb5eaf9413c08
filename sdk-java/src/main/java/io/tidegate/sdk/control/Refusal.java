package io.tidegate.sdk.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What a client of an app was refused.
 *
 * @param code of the catalogue
 * @param step of the decision that refused
 * @param rule that decided, as it stood
 * @param detail what the client was told
 * @param operation what was asked for; empty when that cannot be said
 * @param keyName the key, or the one that signed the token
 * @param requestId of the answer, or the id of the frame
 * @param protocol {@code rest}, {@code websocket}, {@code sse} or {@code poll}
 * @param proven false: it only named a key or its app, as anybody can
 * @param leftOut others of the app that followed and were not kept
 */
public record Refusal(
    String id,
    Instant at,
    int code,
    String slug,
    int status,
    String step,
    String rule,
    String detail,
    Optional<String> operation,
    Optional<String> channel,
    Optional<String> keyName,
    Optional<String> clientId,
    Optional<String> requestId,
    Optional<String> connectionId,
    String protocol,
    Optional<String> address,
    boolean proven,
    long leftOut) {}
