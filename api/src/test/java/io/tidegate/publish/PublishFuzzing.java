package io.tidegate.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.Draft;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies made of anything are refused, or read as exactly what they say. */
final class PublishFuzzing {
  private static final AppPrincipal KEY = Principals.key();

  void anyBody(byte[] input) {
    List<Draft> drafts;
    try {
      drafts = DraftReader.readBody(input, KEY);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isIn(400, 413);
      return;
    }
    assertThat(drafts).hasSizeBetween(1, 100);
    assertThat(drafts).extracting(Draft::id).doesNotHaveDuplicates();
    drafts.forEach(PublishFuzzing::check);
    same(drafts, input);
    again(drafts);
  }

  void anyBatch(byte[] input) {
    List<BatchReader.Part> parts;
    try {
      parts = BatchReader.read(input, KEY);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().httpStatus()).isIn(400, 413);
      return;
    }
    assertThat(parts).hasSizeBetween(1, BatchReader.MAX_PARTS);
    for (BatchReader.Part part : parts) {
      assertThat(part.drafts()).hasSizeBetween(1, 100);
      part.drafts().forEach(PublishFuzzing::check);
    }
  }

  private static void check(Draft draft) {
    read(draft.data());
    assertThat(new String(draft.data(), StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
    assertThat(draft.id()).isNotEmpty();
    assertThat(draft.id().chars()).noneMatch(Character::isISOControl);
    byte[] headers = draft.headers();
    if (headers != null) {
      Map<?, ?> map = StrictJson.parseObject(new String(headers, StandardCharsets.UTF_8));
      assertThat(map).hasSizeLessThanOrEqualTo(32);
      assertThat(map.values()).allMatch(String.class::isInstance);
    }
  }

  /** Nothing but one JSON value; its numbers stay as they were written, however large. */
  private static void read(byte[] json) {
    try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
      parser.nextToken();
      parser.skipChildren();
      assertThat(parser.nextToken()).isNull();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What another reader finds in the same bytes, unless they hold numbers too large for it. */
  private static void same(List<Draft> drafts, byte[] input) {
    Object body;
    try {
      body = StrictJson.parse(input);
    } catch (RefusedException tooLarge) {
      assertThat(tooLarge.detail()).contains("too large");
      return;
    }
    List<?> objects = body instanceof List<?> list ? list : List.of(body);
    assertThat(drafts).hasSameSizeAs(objects);
    for (int i = 0; i < drafts.size(); i++) {
      Map<?, ?> object = (Map<?, ?>) objects.get(i);
      Draft draft = drafts.get(i);
      assertThat(StrictJson.parse(draft.data())).isEqualTo(object.get("data"));
      assertThat(draft.name()).isEqualTo(object.get("name"));
      assertThat(draft.clientId()).isEqualTo(object.get("clientId"));
      assertThat(draft.encoding()).isEqualTo(object.get("encoding"));
      assertThat(draft.exclude()).isEqualTo(object.get("exclude"));
      assertThat(draft.madeId()).isNotEqualTo(object.containsKey("id"));
    }
  }

  /** Written out and read again it is the same message: a retry never conflicts with itself. */
  private static void again(List<Draft> drafts) {
    List<String> written = new ArrayList<>();
    for (Draft draft : drafts) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", draft.id());
      put(fields, "name", draft.name());
      put(fields, "clientId", draft.clientId());
      put(fields, "encoding", draft.encoding());
      put(fields, "exclude", draft.exclude());
      String rest = StrictJson.write(fields);
      String headers = draft.headers() == null ? "" : ",\"headers\":" + text(draft.headers());
      written.add(
          rest.substring(0, rest.length() - 1) + ",\"data\":" + text(draft.data()) + headers + "}");
    }
    byte[] body = ("[" + String.join(",", written) + "]").getBytes(StandardCharsets.UTF_8);
    List<Draft> read = DraftReader.readBody(body, KEY);
    for (int i = 0; i < drafts.size(); i++) {
      assertThat(read.get(i).id()).isEqualTo(drafts.get(i).id());
      assertThat(read.get(i).digest()).isEqualTo(drafts.get(i).digest());
    }
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static String text(byte @Nullable [] json) {
    return json == null ? "" : new String(json, StandardCharsets.UTF_8);
  }
}
