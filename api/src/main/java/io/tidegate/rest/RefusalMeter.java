package io.tidegate.rest;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.ToldRefusals;
import io.tidegate.channel.Operation;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Circumstance;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Tells what a request is refused with as its app's, where that is known. */
@Singleton
public final class RefusalMeter {
  private static final String CHANNELS = "/v1/channels";

  private final ToldRefusals told;

  RefusalMeter(ToldRefusals told) {
    this.told = told;
  }

  void count(HttpRequest<?> request, RefusedException refused) {
    request
        .getUserPrincipal(AppAuthentication.class)
        .ifPresentOrElse(
            who -> told.told(who.principal(), refused, () -> circumstance(request)),
            () -> told.told(refused, () -> circumstance(request)));
  }

  /** A part of a request is refused, in an answer that is none itself. */
  public void part(HttpRequest<?> request, AppPrincipal who, RefusedException refused) {
    told.told(who, refused, () -> circumstance(request));
  }

  private static Circumstance circumstance(HttpRequest<?> request) {
    String path = request.getUri().getRawPath();
    return new Circumstance(
        "rest",
        operation(request.getMethod(), path),
        channel(path),
        RequestIds.of(request),
        null,
        Peers.of(request).address());
  }

  /** What a route of the data plane asks for, as its contract has it. */
  private static @Nullable String operation(HttpMethod method, String path) {
    Operation operation = null;
    if (path.endsWith("/messages")) {
      operation = method == HttpMethod.POST ? Operation.PUBLISH : Operation.HISTORY;
    } else if (path.startsWith(CHANNELS) && path.endsWith("/presence")) {
      operation = Operation.SUBSCRIBE;
    } else if (!path.startsWith("/v1/tickets")) {
      operation = Operation.ADMIN;
    }
    return operation == null ? null : operation.wireName();
  }

  private static @Nullable String channel(String path) {
    try {
      return path.startsWith(CHANNELS + "/") ? ChannelBinder.name(path) : null;
    } catch (RefusedException unreadable) {
      return null;
    }
  }
}
