package io.tidegate.e2e.contract;

import io.tidegate.contract.Exchange;
import io.tidegate.e2e.contract.Line.Heard;
import io.tidegate.e2e.contract.Plan.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes out, and what can be said about it.
 *
 * @param values of the path's parameters, not encoded; empty where a wild one is among them
 * @param target path and query
 */
record Sent(
    Plan plan, Map<String, String> values, String origin, String target, List<Pair> headers) {

  /** Characters of one part of it that are told. */
  private static final int SHOWN = 600;

  byte[] bytes() {
    StringBuilder text =
        new StringBuilder()
            .append(plan.method())
            .append(' ')
            .append(target)
            .append(" HTTP/1.1\r\nHost: gateway\r\n");
    headers.forEach(
        header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    String body = plan.body();
    if (body == null) {
      return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return text.append("Content-Length: ")
        .append(length)
        .append("\r\n\r\n")
        .append(body)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A body where none belongs means nothing (RFC 9110, 9.3.1), and is not judged. */
  Exchange exchange(Heard heard) {
    Map<String, List<String>> said = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        header ->
            said.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value()));
    return new Exchange(
        plan.method(),
        withoutEmpty(),
        said,
        judged(),
        heard.status(),
        heard.headers(),
        heard.body());
  }

  /** Where clients subscribe a parameter without a value is as good as none. */
  private String withoutEmpty() {
    boolean subscribes = plan.route().path().matches("/v1/(ws|sse|poll)");
    return subscribes ? target.replaceAll("(?<=[?&])[^=&]+=(&|$)", "") : target;
  }

  private @Nullable String judged() {
    boolean usual = plan.method().equals(plan.route().method());
    boolean takes = usual && plan.route().exampleRequest() != null;
    return takes && plan.body() != null && !plan.body().isBlank() ? plan.body() : null;
  }

  /** The same request for a shell. */
  String curl() {
    StringBuilder line =
        new StringBuilder("curl -i --path-as-is -X ").append(quoted(plan.method()));
    headers.forEach(
        header -> line.append(" -H ").append(quoted(header.name() + ": " + header.value())));
    if (plan.body() != null) {
      line.append(" --data-binary ").append(quoted(plan.body()));
    }
    return line.append(' ').append(quoted(origin + target)).toString();
  }

  private static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return "'" + shown.replace("'", "'\\''").replace("\u0000", "\\0") + "'";
  }
}
