package io.tidegate.sse;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Position;
import io.tidegate.edge.Mark;
import io.tidegate.edge.StreamIds;
import io.tidegate.edge.StreamRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events of one stream with several channels: each id says where all of them stand. */
final class ManyChannels extends SseFormat {
  private final byte[] seal;
  private final Map<ChannelName, Mark> marks = new LinkedHashMap<>();

  ManyChannels(StreamIds ids, StreamRequest request) {
    super(ids);
    seal = ids.sealOf(request.app(), request.channels());
    List<Mark> known = request.marks();
    for (int i = 0; i < request.channels().size(); i++) {
      marks.put(request.channels().get(i), known.isEmpty() ? Mark.NOWHERE : known.get(i));
    }
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  String id(ChannelId channel, Position at) {
    marks.put(channel.name(), Mark.of(at));
    return StreamIds.write(seal, marks.values());
  }
}
