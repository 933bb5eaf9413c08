package io.tidegate.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault of ours: all of it goes to the log, the client gets an id to ask about. */
@Singleton
final class FaultHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
    HttpRequest<?> asked = request;
    if (fault instanceof CompletionException && fault.getCause() instanceof RefusedException no) {
      return Problems.answer(asked, no);
    }
    if (fault instanceof EOFException) {
      // The client went away in the middle of a body: nobody reads the answer, nobody is at fault.
      return Problems.answer(
          asked, new RefusedException(Refusal.BAD_REQUEST, "The body ended too early."));
    }
    LOG.error("Request {} failed", RequestIds.of(asked), fault);
    return Problems.answer(
        asked, new RefusedException(Refusal.INTERNAL, "Something went wrong here."));
  }
}
