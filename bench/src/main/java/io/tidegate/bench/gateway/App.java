package io.tidegate.bench.gateway;

/**
 * An app made for one run.
 *
 * @param keyAuthorization header of a backend that holds the key
 * @param tokenAuthorization header of an anonymous client that may publish and subscribe
 */
public record App(
    String tenantId, String appId, String keyAuthorization, String tokenAuthorization) {}
