package io.tidegate.guard;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.Queue;

/** Netty's encoder, told which answers belong to {@code HEAD} and so have no body. */
final class AnswerEncoder extends HttpResponseEncoder {
  private final Queue<HttpMethod> asked;

  AnswerEncoder(Queue<HttpMethod> asked) {
    this.asked = asked;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse answer) {
    boolean interim = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    HttpMethod method = interim ? asked.peek() : asked.poll();
    return HttpMethod.HEAD.equals(method) || super.isContentAlwaysEmpty(answer);
  }
}
