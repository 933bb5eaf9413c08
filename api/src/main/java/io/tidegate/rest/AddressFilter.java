package io.tidegate.rest;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tidegate.limit.Requests;

/** Holds addresses to their request rate, before anyone is asked who they are. */
@ServerFilter("/v1/**")
final class AddressFilter implements Ordered {
  private final Requests requests;

  AddressFilter(Requests requests) {
    this.requests = requests;
  }

  /** Behind {@link AnswerFilter}, so that a refusal has its headers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  @RequestFilter
  void before(HttpRequest<?> request) {
    requests.requireAddress(Peers.of(request).address());
  }
}
