package io.tidegate.history;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Operation;
import io.tidegate.frame.MessageJson;
import io.tidegate.rest.Pages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/channels/{channel}/messages}. */
@Controller("/v1/channels/{channel:[^/]+}/messages")
@Secured({AppRoles.KEY, AppRoles.TOKEN})
@ExecuteOn(TaskExecutors.BLOCKING)
class HistoryController {
  private final HistoryReader history;
  private final Pages pages;

  HistoryController(HistoryReader history, Pages pages) {
    this.history = history;
    this.pages = pages;
  }

  @Get
  HttpResponse<byte[]> read(AppPrincipal who, HttpRequest<?> request, ChannelName name) {
    who.require(Operation.HISTORY, name);
    HistoryQuery query = HistoryQuery.of(request, pages);
    HistoryReader.Page page = history.read(new ChannelId(who.app(), name), query);
    String next = page.next() == null ? null : pages.cursor(request, query.cursorAt(page.next()));
    MutableHttpResponse<byte[]> response =
        HttpResponse.ok(json(page, next)).contentType(MediaType.APPLICATION_JSON_TYPE);
    if (next != null) {
      response.header(HttpHeaders.LINK, Pages.link(request, next));
    }
    return response;
  }

  private static byte[] json(HistoryReader.Page page, @Nullable String next) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(256 * (page.messages().size() + 1));
    Head head = page.head();
    ascii(json, "{\"epoch\":" + quoted(head == null ? null : head.epoch().value()));
    ascii(json, ",\"items\":[");
    boolean first = true;
    for (Message message : page.messages()) {
      ascii(json, first ? "" : ",");
      first = false;
      json.writeBytes(MessageJson.item(message, olderEpoch(head, message)));
    }
    ascii(json, "],\"next\":" + quoted(next) + "}");
    return json.toByteArray();
  }

  private static @Nullable String olderEpoch(@Nullable Head head, Message message) {
    if (head == null) {
      return null;
    }
    Epoch epoch = head.epochOf(message.seq());
    return epoch.equals(head.epoch()) ? null : epoch.value();
  }

  /** Epochs and cursors have no character that JSON escapes. */
  private static String quoted(@Nullable String text) {
    return text == null ? "null" : '"' + text + '"';
  }

  private static void ascii(ByteArrayOutputStream json, String text) {
    json.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
