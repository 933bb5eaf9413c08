/** The contract and the error catalogue, served by the gateway that keeps them. */
@NullMarked
package io.tidegate.contract;

import org.jspecify.annotations.NullMarked;
