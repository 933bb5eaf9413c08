package io.tidegate.rest;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * What the framework refuses by itself (no such route, a body too large, a parameter of the wrong
 * type) in the words of the catalogue. Its own messages are not passed on: they repeat the input.
 */
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<byte[]> {
  private final RefusalMeter meter;

  FrameworkProblems(RefusalMeter meter) {
    this.meter = meter;
  }

  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> given) {
    RefusedException refused = refusal(context, given.code());
    meter.count(context.getRequest(), refused);
    MutableHttpResponse<byte[]> answer = Problems.answer(context.getRequest(), refused);
    String allow = given.getHeaders().get(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer;
  }

  private static RefusedException refusal(ErrorContext context, int status) {
    Throwable cause = context.getRootCause().orElseGet(() -> unreadable(context.getRequest()));
    return switch (cause) {
      case RefusedException refused -> refused;
      case ConversionErrorException conversion ->
          conversion.getCause() instanceof RefusedException refused
              ? refused
              : invalid(conversion.getArgument().getName(), "has another type");
      case UnsatisfiedBodyRouteException nothing -> of(Refusal.JSON_INVALID, "There is no body.");
      case UnsatisfiedRouteException missing ->
          invalid(missing.getArgument().getName(), "is missing");
      case TooLongHttpLineException line ->
          of(Refusal.URI_TOO_LONG, "A request line has 8 kB at most.");
      case TooLongHttpHeaderException headers ->
          of(Refusal.HEADERS_TOO_LARGE, "Headers have 8 kB at most, all together.");
      case null, default -> ofStatus(status);
    };
  }

  /** Why the request's head could not be read; null when it could. */
  private static @Nullable Throwable unreadable(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getNativeRequest().decoderResult().cause()
        : null;
  }

  private static RefusedException invalid(String parameter, String fault) {
    return RefusedException.ofField(Refusal.FIELD_INVALID, parameter, fault);
  }

  private static RefusedException ofStatus(int status) {
    return switch (HttpStatus.valueOf(status)) {
      case UNAUTHORIZED -> of(Refusal.CREDENTIAL_MISSING, "This needs a credential.");
      case FORBIDDEN -> of(Refusal.CAPABILITY_REFUSED, "The credential does not allow this.");
      case NOT_FOUND -> of(Refusal.NOT_FOUND, "There is nothing here.");
      case METHOD_NOT_ALLOWED -> of(Refusal.METHOD_NOT_ALLOWED, "Use one of Allow.");
      case NOT_ACCEPTABLE -> of(Refusal.NOT_ACCEPTABLE, "Accept application/json.");
      case REQUEST_TIMEOUT -> of(Refusal.REQUEST_TIMEOUT, "The request came too slowly.");
      case REQUEST_ENTITY_TOO_LARGE -> of(Refusal.BODY_TOO_LARGE, "The body is too large.");
      case UNSUPPORTED_MEDIA_TYPE -> of(Refusal.CONTENT_TYPE_UNSUPPORTED, "Send application/json.");
      case UPGRADE_REQUIRED -> of(Refusal.UPGRADE_REQUIRED, "Send a WebSocket handshake.");
      case TOO_MANY_REQUESTS -> of(Refusal.REQUEST_RATE_EXCEEDED, "Too many requests.");
      case SERVICE_UNAVAILABLE -> of(Refusal.OVERLOADED, "Not now.");
      default ->
          status < 500
              ? of(Refusal.BAD_REQUEST, "The request cannot be read.")
              : of(Refusal.INTERNAL, "Something went wrong here.");
    };
  }

  private static RefusedException of(Refusal refusal, String detail) {
    return new RefusedException(refusal, detail);
  }
}
