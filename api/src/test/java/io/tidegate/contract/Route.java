package io.tidegate.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract, with what is needed to ask for it and to refuse it.
 *
 * @param path as in the contract, {@code /v1/apps/{appId}}
 * @param role the weakest control-plane role that may, null on the data plane and in public
 * @param operation the data-plane operation needed ({@code any}: a valid credential will do), null
 *     on the control plane and in public
 * @param credentials names of the security schemes that it takes; {@code none} where it can be
 *     asked without; empty for public routes
 * @param management whether it is on the management port
 * @param exampleRequest the first example of a request body as JSON text, null where there is none
 */
public record Route(
    String method,
    String path,
    String operationId,
    @Nullable String role,
    @Nullable String operation,
    List<String> credentials,
    boolean management,
    @Nullable String exampleRequest) {
  /** By path, so that judging thousands of exchanges compiles each once. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /** Names of its path parameters, in order. */
  public List<String> pathParameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /** Public: no credential is looked at. */
  public boolean isPublic() {
    return credentials.isEmpty();
  }

  /** The values of the path parameters, percent-encoded as they came; null when it does not fit. */
  @Nullable List<String> match(String rawPath) {
    Matcher matcher = pattern().matcher(rawPath);
    if (!matcher.matches()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      values.add(matcher.group(group));
    }
    return values;
  }

  private Pattern pattern() {
    return PATTERNS.computeIfAbsent(path, Route::compile);
  }

  private static Pattern compile(String path) {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (MatchResult parameter : PARAMETER.matcher(path).results().toList()) {
      regex.append(Pattern.quote(path.substring(from, parameter.start()))).append("([^/]+)");
      from = parameter.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(path.substring(from))).toString());
  }

  static Route read(String method, String path, JsonNode item, JsonNode node, JsonNode document) {
    JsonNode security = node.has("security") ? node.get("security") : document.path("security");
    List<String> credentials = new ArrayList<>();
    for (JsonNode alternative : security) {
      credentials.add(alternative.isEmpty() ? "none" : alternative.fieldNames().next());
    }
    JsonNode media = node.path("requestBody").path("content").path("application/json");
    JsonNode example =
        media
            .path("examples")
            .valueStream()
            .findFirst()
            .map(first -> first.path("value"))
            .orElse(media.path("example"));
    return new Route(
        method,
        path,
        node.path("operationId").asText(),
        node.path("x-tidegate-role").asText(null),
        node.path("x-tidegate-operation").asText(null),
        credentials,
        item.has("servers"),
        example.isMissingNode() ? null : example.toString());
  }
}
