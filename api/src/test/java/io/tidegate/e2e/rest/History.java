package io.tidegate.e2e.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel's history, read page by page to its end. */
public final class History {
  private final Rest rest;
  private final String path;

  History(Rest rest, String channel) {
    this.rest = rest;
    this.path = "/v1/channels/" + Rest.encode(channel) + "/messages";
  }

  /** Everything, oldest first. */
  public List<Kept> forward(int pageSize) {
    return read("forward", pageSize);
  }

  /** Everything, newest first. */
  public List<Kept> backward(int pageSize) {
    return read("backward", pageSize);
  }

  /**
   * A message that history keeps.
   *
   * @param epoch its own, or the channel's current one
   */
  public record Kept(String epoch, long seq, JsonNode message) {
    public String id() {
      return message.path("id").asText();
    }

    public JsonNode data() {
      return message.path("data");
    }
  }

  private List<Kept> read(String direction, int pageSize) {
    List<Kept> all = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page = rest.get(page(direction, pageSize, cursor)).expect(200).json();
      String current = page.path("epoch").asText();
      for (JsonNode item : page.path("items")) {
        all.add(new Kept(item.path("epoch").asText(current), item.path("seq").asLong(), item));
      }
      cursor = page.path("next").asText(null);
    } while (cursor != null);
    return all;
  }

  private String page(String direction, int pageSize, @Nullable String cursor) {
    String query = "?direction=" + direction + "&limit=" + pageSize;
    return path + query + (cursor == null ? "" : "&cursor=" + Rest.encode(cursor));
  }
}
