/** What happens to a cluster while its clients go on. */
@NullMarked
package io.tidegate.faults.fault;

import org.jspecify.annotations.NullMarked;
