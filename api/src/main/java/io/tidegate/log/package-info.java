/**
 * The durable store of messages: group commit to PostgreSQL, exactly once per message id, read back
 * by seq for as long as the namespace retains.
 */
@NullMarked
package io.tidegate.log;

import org.jspecify.annotations.NullMarked;
