package io.tidegate.publish;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Operation;
import io.tidegate.channel.Published;
import io.tidegate.frame.EventJson;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.ProblemJson;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.RateHeaders;
import io.tidegate.rest.RefusalMeter;
import io.tidegate.rest.RequestIds;
import io.tidegate.rest.RequestTraces;
import io.tidegate.trace.Trace;
import jakarta.inject.Named;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/channels/{channel}/messages} and {@code POST /v1/messages}. */
@Controller("/v1")
@Secured({AppRoles.KEY, AppRoles.TOKEN})
@ExecuteOn(TaskExecutors.BLOCKING)
class PublishController {
  private static final Logger LOG = LoggerFactory.getLogger(PublishController.class);

  private final Publisher publisher;
  private final Quotas quotas;
  private final RefusalMeter refusals;
  private final ExecutorService blocking;

  PublishController(
      Publisher publisher,
      Quotas quotas,
      RefusalMeter refusals,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.blocking = blocking;
    this.publisher = publisher;
    this.quotas = quotas;
    this.refusals = refusals;
  }

  @Post("/channels/{channel:[^/]+}/messages")
  HttpResponse<byte[]> publish(
      AppPrincipal who, HttpRequest<?> request, ChannelName name, @Body byte[] body) {
    tellRate(who, request);
    List<Draft> drafts = DraftReader.readBody(body, who);
    Trace trace = RequestTraces.of(request);
    String requestId = RequestIds.of(request);
    Published published = await(publisher.publish(who, name, drafts, trace, requestId));
    return HttpResponse.created(EventJson.publishedBody(name.value(), published))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Post("/messages")
  HttpResponse<byte[]> publishBatch(AppPrincipal who, HttpRequest<?> request, @Body byte[] body) {
    tellRate(who, request);
    List<BatchReader.Part> parts = BatchReader.read(body, who);
    // All are on their way before the first is waited for: one commit can take several.
    Trace trace = RequestTraces.of(request);
    String requestId = RequestIds.of(request);
    List<CompletionStage<Published>> answers = new ArrayList<>(parts.size());
    Turns turns = new Turns(blocking);
    for (BatchReader.Part part : parts) {
      Supplier<CompletionStage<Published>> publish =
          () -> publisher.publish(who, part.channel(), part.drafts(), trace, requestId);
      boolean waits = publisher.waits(who, part.channel());
      answers.add(waits ? turns.add(part.channel(), publish) : publish.get());
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream(64 * parts.size());
    json.writeBytes(ascii("{\"results\":["));
    for (int i = 0; i < parts.size(); i++) {
      json.writeBytes(ascii(i == 0 ? "" : ","));
      json.writeBytes(result(who, request, parts.get(i).channel(), answers.get(i)));
    }
    json.writeBytes(ascii("]}"));
    return HttpResponse.ok(json.toByteArray()).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private void tellRate(AppPrincipal who, HttpRequest<?> request) {
    TenantQuota quota = quotas.of(who.tenant());
    RateHeaders.tell(request, () -> quota.publishing().stream().toList());
  }

  private byte[] result(
      AppPrincipal who,
      HttpRequest<?> request,
      ChannelName channel,
      CompletionStage<Published> answer) {
    String requestId = RequestIds.of(request);
    try {
      return EventJson.publishedBody(channel.value(), await(answer));
    } catch (RefusedException refused) {
      refusals.part(request, who, refused.in(Operation.PUBLISH.wireName(), channel.value()));
      if (refused.getCause() != null) {
        LOG.warn("Request {}: {}", requestId, refused.refusal(), refused.getCause());
      }
      return EventJson.refusedPart(channel.value(), ProblemJson.render(refused, requestId));
    }
  }

  private static Published await(CompletionStage<Published> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw RefusedException.of(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
