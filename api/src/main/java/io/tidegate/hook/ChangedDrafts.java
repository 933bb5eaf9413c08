package io.tidegate.hook;

import io.tidegate.channel.Draft;
import io.tidegate.json.RawObject;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a before-publish hook makes of the messages of a unit: as many, in the same order,
 * each whole. Name, data, encoding and headers are taken from it; who sent it, its id and whom it
 * is kept from stay.
 *
 * @param asked as they were sent
 * @param reader reads messages by the rules of a publish
 */
record ChangedDrafts(List<Draft> asked, PublishHook.Reader reader) implements Changes<List<Draft>> {
  private static final String MESSAGES = "messages";

  @Override
  public Set<String> fields() {
    return Set.of(MESSAGES);
  }

  @Override
  public List<Draft> read(byte[] json, Map<String, Object> answer) {
    RawObject raw = RawObject.read(json, MESSAGES);
    if (raw.rawLength() == 0) {
      throw fault(MESSAGES, "is required in a change");
    }
    List<Draft> given = reader.read(json, raw.rawFrom(), raw.rawLength());
    if (given.size() != asked.size()) {
      throw fault(MESSAGES, "must be as many as were asked about");
    }
    List<Draft> made = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      made.add(made("/" + MESSAGES + "/" + i, asked.get(i), given.get(i)));
    }
    return made;
  }

  private static Draft made(String path, Draft asked, Draft given) {
    if (!given.madeId() && !given.id().equals(asked.id())) {
      throw fault(path + "/id", "may not change");
    }
    requireKept(path + "/clientId", asked.clientId(), given.clientId());
    requireKept(path + "/exclude", asked.exclude(), given.exclude());
    return asked.withContentOf(given);
  }

  private static void requireKept(String path, @Nullable String asked, @Nullable String given) {
    if (given != null && !Objects.equals(asked, given)) {
      throw fault(path, "may not change");
    }
  }

  private static RefusedException fault(String path, String message) {
    return RefusedException.ofField(Refusal.FIELD_INVALID, path, message);
  }
}
