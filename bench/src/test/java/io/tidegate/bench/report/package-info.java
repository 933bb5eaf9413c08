/** Tests, named as the promises they hold. */
@NullMarked
package io.tidegate.bench.report;

import org.jspecify.annotations.NullMarked;
