/** Subscribers: they connect, receive, check, resume. */
@NullMarked
package io.tidegate.bench.subscribe;

import org.jspecify.annotations.NullMarked;
