/**
 * What an app's clients were refused: told by every edge, kept for a day with the rule that
 * decided, found by request, client or code. Bounded at each step: an app's share of what is kept,
 * a queue, batches; what is beyond is counted and said.
 */
@NullMarked
package io.tidegate.refusal;

import org.jspecify.annotations.NullMarked;
