/** Who may do what: every operation of the contract against every credential that must not do. */
@NullMarked
package io.tidegate.e2e.access;

import org.jspecify.annotations.NullMarked;
