/**
 * What stands for a while and is told of when it begins and when it ends: that a channel is
 * occupied, a member in it, a connection open. Each node says what it holds; a row that several
 * hold is one fact, whose first holder tells of its beginning and whose last one of its end.
 */
@NullMarked
package io.tidegate.webhook.standing;

import org.jspecify.annotations.NullMarked;
