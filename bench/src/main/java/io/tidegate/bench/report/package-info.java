/** What a run says: figures over rounds, faults, the machine; as a table, Markdown and JSON. */
@NullMarked
package io.tidegate.bench.report;

import org.jspecify.annotations.NullMarked;
