package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.channel.unix.Errors;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault of ours: all of it goes to the log, the client gets an id to ask about. */
@Singleton
final class FaultHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

  private final RefusalMeter meter;

  FaultHandler(RefusalMeter meter) {
    this.meter = meter;
  }

  private static boolean isGone(Throwable fault) {
    return fault instanceof EOFException
        || fault instanceof ClosedChannelException
        || fault instanceof SocketException
        || fault instanceof Errors.NativeIoException;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
    HttpRequest<?> asked = request;
    RefusedException refused = refusal(fault);
    if (refused != null) {
      return answer(asked, refused);
    }
    if (isGone(fault)) {
      // The client went away in the middle of a body: nobody reads the answer.
      return Problems.answer(
          asked, new RefusedException(Refusal.BAD_REQUEST, "The body ended too early."));
    }
    LOG.error("Request {} failed", RequestIds.of(asked), fault);
    return answer(asked, new RefusedException(Refusal.INTERNAL, "Something went wrong here."));
  }

  /** What another thread has refused; null for a fault. */
  private static @Nullable RefusedException refusal(Throwable fault) {
    Throwable at = fault;
    while (at instanceof CompletionException && at.getCause() != null) {
      at = at.getCause();
    }
    return at instanceof RefusedException refused ? refused : null;
  }

  private HttpResponse<?> answer(HttpRequest<?> request, RefusedException refused) {
    meter.count(request, refused);
    return Problems.answer(request, refused);
  }
}
