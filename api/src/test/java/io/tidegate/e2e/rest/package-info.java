/** REST as tests speak it: judged by the contract, with the words of the domain. */
@NullMarked
package io.tidegate.e2e.rest;

import org.jspecify.annotations.NullMarked;
