package io.tidegate.sdk.internal;

import io.tidegate.sdk.Revocation;
import io.tidegate.sdk.Ticket;
import io.tidegate.sdk.Token;
import io.tidegate.sdk.TokenRequest;
import io.tidegate.sdk.Tokens;
import io.tidegate.sdk.internal.auth.TokenSigner;
import io.tidegate.sdk.internal.http.Call;
import io.tidegate.sdk.internal.http.Transport;
import io.tidegate.sdk.internal.json.JsonWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tokens over HTTP, or signed here when there is a key. */
final class HttpTokens implements Tokens {
  private final Transport transport;
  private final @Nullable TokenSigner signer;

  HttpTokens(Transport transport, @Nullable TokenSigner signer) {
    this.transport = transport;
    this.signer = signer;
  }

  @Override
  public Token issue(TokenRequest request) {
    return Futures.join(issueAsync(request));
  }

  @Override
  public CompletableFuture<Token> issueAsync(TokenRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (request.clientId() != null) {
      body.put("clientId", request.clientId());
    }
    body.put("capabilities", request.capabilities());
    body.put("ttlSeconds", request.ttl().toSeconds());
    if (!request.limits().isEmpty()) {
      body.put("limits", request.limits());
    }
    return transport
        .send(Call.post("/v1/tokens", JsonWriter.write(body)))
        .thenApply(
            answer -> {
              Issued issued = answer.value(Issued.class);
              Instant expiry = Instant.ofEpochMilli(issued.expiresAt());
              return new Token(issued.token(), issued.tokenId(), expiry);
            });
  }

  @Override
  public Token sign(TokenRequest request) {
    if (signer == null) {
      throw new IllegalStateException("only a client with a key signs tokens");
    }
    return signer.sign(request);
  }

  @Override
  public void revoke(Revocation revocation) {
    Futures.join(revokeAsync(revocation));
  }

  @Override
  public CompletableFuture<Void> revokeAsync(Revocation revocation) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("targets", revocation.targets());
    if (revocation.issuedBefore() != null) {
      body.put("issuedBefore", revocation.issuedBefore().toEpochMilli());
    }
    return transport
        .send(Call.post("/v1/tokens/revoke", JsonWriter.write(body)))
        .thenApply(done -> null);
  }

  @Override
  public Ticket ticket(String... channels) {
    return Futures.join(ticketAsync(channels));
  }

  @Override
  public CompletableFuture<Ticket> ticketAsync(String... channels) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (channels.length > 0) {
      body.put("channels", List.of(channels));
    }
    return transport
        .send(Call.post("/v1/tickets", JsonWriter.write(body)))
        .thenApply(
            answer -> {
              Made made = answer.value(Made.class);
              return new Ticket(made.ticket(), Instant.ofEpochMilli(made.expiresAt()));
            });
  }

  private record Issued(String token, String tokenId, long expiresAt) {}

  private record Made(String ticket, long expiresAt) {}
}
