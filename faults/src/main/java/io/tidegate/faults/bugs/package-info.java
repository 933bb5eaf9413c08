/**
 * Gateways with bugs: found on the class path before the gateway's own jar, these beans take the
 * place of its parts. Which one is wrong says {@code FAULTS_BUG}, which nothing else reads.
 */
@NullMarked
package io.tidegate.faults.bugs;

import org.jspecify.annotations.NullMarked;
