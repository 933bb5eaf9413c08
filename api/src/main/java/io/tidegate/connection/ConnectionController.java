package io.tidegate.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.AppRoles;
import io.tidegate.auth.ConsoleRecord;
import io.tidegate.channel.ClientId;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.rest.Pages;
import io.tidegate.rest.RequestIds;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code /v1/connections} and {@code /v1/clients}: for keys with {@code admin}. */
@Controller("/v1")
@Secured(AppRoles.KEY)
@ExecuteOn(TaskExecutors.BLOCKING)
class ConnectionController {
  private final ConnectionList connections;
  private final Disconnects disconnects;
  private final Insight insight;
  private final ConsoleRecord record;
  private final Pages pages;

  ConnectionController(
      ConnectionList connections,
      Disconnects disconnects,
      Insight insight,
      ConsoleRecord record,
      Pages pages) {
    this.connections = connections;
    this.disconnects = disconnects;
    this.insight = insight;
    this.record = record;
    this.pages = pages;
  }

  @Get("/connections")
  HttpResponse<byte[]> list(AppPrincipal key, HttpRequest<?> request) {
    key.requireInsight();
    String asked = request.getParameters().get("clientId");
    String clientId = asked == null ? null : new ClientId(asked).value();
    String after = pages.after(request);
    ConnectionList.Page page =
        connections.read(key.app(), clientId, after == null ? "" : after, Pages.limit(request));
    return pages.answer(request, page.items(), page.end());
  }

  @Get("/connections/{connectionId}")
  HttpResponse<byte[]> one(AppPrincipal key, String connectionId) {
    key.requireInsight();
    Map<String, ?> found =
        Disconnects.mayBe(connectionId) ? insight.connection(key.app(), connectionId) : null;
    if (found == null) {
      throw new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
    }
    return HttpResponse.ok(StrictJson.write(found).getBytes(StandardCharsets.UTF_8))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Delete("/connections/{connectionId}")
  @Status(HttpStatus.NO_CONTENT)
  void close(AppPrincipal key, HttpRequest<?> request, String connectionId) {
    key.requireAdmin();
    if (!disconnects.one(key, connectionId)) {
      throw new RefusedException(Refusal.NOT_FOUND, "There is nothing here.");
    }
    note(key, request, "connection.disconnected", "connection", connectionId);
  }

  @Post("/clients/{clientId}/disconnect")
  @Status(HttpStatus.NO_CONTENT)
  void disconnect(AppPrincipal key, HttpRequest<?> request, String clientId) {
    key.requireAdmin();
    disconnects.all(key, new ClientId(clientId).value());
    note(key, request, "client.disconnected", "client", clientId);
  }

  private void note(
      AppPrincipal key, HttpRequest<?> request, String action, String kind, String id) {
    record.note(key, RequestIds.of(request), action, kind, id, Map.of());
  }
}
