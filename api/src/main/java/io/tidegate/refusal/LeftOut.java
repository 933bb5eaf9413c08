package io.tidegate.refusal;

import io.tidegate.channel.AppId;
import java.util.UUID;

/**
 * How many refusals of an app were not kept behind one that was.
 *
 * @param total of all since then, not since it was said last: saying it twice changes nothing
 */
public record LeftOut(AppId app, UUID after, long total) implements Entry {}
